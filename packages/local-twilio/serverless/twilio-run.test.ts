import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientEnvironment } from "../cli/environment.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";

let local: TestTwilio;
let project: string;
beforeAll(async () => {
  local = await startForTest();
  project = mkdtempSync(join(tmpdir(), "twilio-run-"));
});
afterAll(async () => {
  await local[Symbol.asyncDispose]();
  rmSync(project, { recursive: true, force: true });
});

function write(file: string, content: string): void {
  mkdirSync(dirname(join(project, file)), { recursive: true });
  writeFileSync(join(project, file), content);
}

/** The Serverless Toolkit as it is installed, in the environment that `local-twilio env` prints. */
async function toolkit(...args: string[]): Promise<string> {
  const bin = resolve("node_modules/twilio-run/bin/twilio-run.js");
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, ...clientEnvironment(local.endpoint, local.folder, local) };
  const account = ["--username", local.accountSid, "--password", local.authToken];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [bin, ...args, ...account, "--cwd", project],
    { env },
  );
  return stdout;
}

test(
  "the Serverless Toolkit deploys a project, deploys it again, and what it deployed runs",
  { timeout: 30_000 },
  async () => {
    const dependencies = { twilio: "6.2.0", "@twilio/runtime-handler": "2.1.0" };
    write(
      "package.json",
      JSON.stringify({ name: "by-toolkit", version: "0.0.0", private: true, dependencies }),
    );
    write(".env", "GREETING=hello\n");
    write("assets/page.html", "<h1>page</h1>");
    write(
      "functions/greet.js",
      `exports.handler = (context, event, callback) => {
      const answer = new Twilio.twiml.MessagingResponse();
      answer.message(context.GREETING + " " + event.name);
      callback(null, answer);
    };`,
    );
    write(
      "functions/inner/guarded.protected.js",
      "exports.handler = (context, event, callback) => callback(null, 'in');",
    );

    expect(await toolkit("deploy", "--runtime", "node22")).toContain("functions");
    await toolkit("deploy", "--runtime", "node22", "--override-existing-project");

    const { body } = await local.call("GET", "serverless.twilio.com/v1/Services/by-toolkit/Environments");
    const [environment, ...others] = body["environments"] as { domain_name: string; build_sid: string }[];
    expect(others).toEqual([]);
    const get = (path: string) => fetch(`${local.endpoint}/${environment?.domain_name ?? ""}${path}`);
    const greeting = await get("/greet?name=Ada");
    expect(greeting.headers.get("content-type")).toContain("text/xml");
    expect(await greeting.text()).toContain("<Message>hello Ada</Message>");
    expect(await (await get("/page.html")).text()).toBe("<h1>page</h1>");
    expect((await get("/inner/guarded")).status).toBe(403);
  },
);
