import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startForTest, type TestTwilio } from "../testing/local.ts";
import { asShell, clientEnvironment, javaLines } from "./environment.ts";

let local: TestTwilio;
let folder: string;
beforeAll(async () => {
  local = await startForTest();
  folder = mkdtempSync(join(tmpdir(), "clients-"));
});
afterAll(async () => {
  await local[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

/** Runs a line in a shell that has read what `env` prints. */
async function shell(line: string): Promise<string> {
  const { PATH, HOME } = process.env;
  const { folder: at, endpoint } = local;
  const lines = `${asShell(clientEnvironment(endpoint, at, local))}\n${javaLines(endpoint, at)}\n${line}`;
  const { stdout } = await promisify(execFile)("sh", ["-c", lines], { env: { PATH, HOME }, cwd: folder });
  return stdout;
}

/** Whether the machine has a program. The languages are no part of the project: who has one tries it. */
function has(program: string, ...words: readonly string[]): boolean {
  try {
    execFileSync(program, words, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const account = () => `https://api.twilio.com/2010-04-01/Accounts/${local.accountSid}.json`;

test("Node's fetch and https", async () => {
  const program = `
    const headers = { authorization: 'Basic ' + btoa(process.env.TWILIO_ACCOUNT_SID + ':' + process.env.TWILIO_AUTH_TOKEN) };
    fetch(process.argv[1], { headers }).then((r) => console.log(r.status));
    require('https').get(process.argv[1], { headers }, (r) => { console.log(r.statusCode); r.resume(); });`;
  writeFileSync(join(folder, "program.js"), program);
  const line = `'${process.execPath}' -e "$(cat program.js)" '${account()}'`;
  expect(await shell(line)).toBe("200\n200\n");
});

test.runIf(has("curl", "--version"))("curl", async () => {
  const line = `curl -sS -u "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN" '${account()}'`;
  expect(JSON.parse(await shell(line))).toMatchObject({ friendly_name: "Local Twilio" });
});

test.runIf(has("python3", "--version"))("Python", async () => {
  const program = `import base64, json, os, urllib.request
request = urllib.request.Request("${account()}")
pair = os.environ["TWILIO_ACCOUNT_SID"] + ":" + os.environ["TWILIO_AUTH_TOKEN"]
request.add_header("Authorization", "Basic " + base64.b64encode(pair.encode()).decode())
print(json.load(urllib.request.urlopen(request))["friendly_name"])
`;
  writeFileSync(join(folder, "program.py"), program);
  expect(await shell("python3 program.py")).toBe("Local Twilio\n");
});

test.runIf(has("keytool", "-help") && has("java", "-version"))(
  "Java, with the trust store of the printed lines",
  { timeout: 60_000 },
  async () => {
    const program = `import java.net.*;
class Program {
  public static void main(String[] words) throws Exception {
    HttpURLConnection asked = (HttpURLConnection) new URL("${account()}").openConnection();
    String pair = System.getenv("TWILIO_ACCOUNT_SID") + ":" + System.getenv("TWILIO_AUTH_TOKEN");
    asked.setRequestProperty("Authorization", "Basic " + java.util.Base64.getEncoder().encodeToString(pair.getBytes()));
    System.out.println(asked.getResponseCode());
  }
}
`;
    writeFileSync(join(folder, "Program.java"), program);
    const [, keytool = "", options = ""] = javaLines(local.endpoint, local.folder)
      .split("\n")
      .map((line) => line.replace(/^# /, ""));
    expect(await shell(`${keytool} >/dev/null 2>&1\n${options}\njava Program.java 2>/dev/null`)).toBe(
      "200\n",
    );
  },
);
