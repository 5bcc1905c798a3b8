/**
 * A CLI that is killed between Twilio's answer and its own record, and a program that leaves the thing out by the next run:
 * `npx pulumi` deletes or names what is left, and Pulumi's own CLI gets a warning with the ways out.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { tellFaults } from "../packages/local-twilio/testing/faults-alone.ts";
import { pulumi as plain, ran } from "./plain-pulumi.ts";
import type { PulumiRun } from "./stage.ts";

const root = process.cwd();
// Below the checkout, where the program finds its packages.
const folder = join(root, ".state", "left-behind", String(process.pid));
const account = { user: "", token: "" };

let local: LocalTwilio;
let between: Between;
beforeAll(async () => {
  mkdirSync(join(folder, "state"), { recursive: true });
  local = await startLocalTwilio({ folder: join(folder, "twilio"), port: 0, report: tellFaults });
  between = await Between.start(local.endpoint);
  Object.assign(account, { user: local.accountSid, token: local.authToken });
  const project = {
    name: "left",
    runtime: { name: "nodejs", options: { typescript: false } },
    main: "index.ts",
    plugins: { providers: [{ name: "twilio", path: join(root, "packages/provider") }] },
  };
  writeFileSync(join(folder, "Pulumi.yaml"), JSON.stringify(project));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "left", type: "module" }));
  writeFileSync(
    join(folder, "index.ts"),
    `import * as twilio from "@pulumi/twilio";
     const names = (process.env["NAMES"] ?? "").split(" ");
     if (names.includes("kept")) new twilio.sync.Service("kept", { friendlyName: "kept" });
     if (names.includes("lost")) {
       new twilio.conversations.Service("lost", { friendlyName: "lost" }, { protect: true });
     }`,
  );
});
afterAll(async () => {
  await between.close();
  await local.close();
  rmSync(folder, { recursive: true, force: true });
});

let stack = 0;
/** What a test before left: a destroy leaves Conversations Services. */
let standing: ReturnType<typeof services> = [];
beforeEach(async () => {
  stack++;
  standing = [...standing, ...services()];
  await run("", "stack", "init", `test${stack}`);
  const config = `config:\n  twilio:endpoint: ${between.endpoint}\n  twilio:accountSid: ${account.user}\n`;
  appendFileSync(join(folder, `Pulumi.test${stack}.yaml`), config);
});
afterEach(() => run("", "destroy", "--yes", "--skip-preview", "-s", `test${stack}`));

/** A way to the local Twilio on which a create is seen before it is answered. */
class Between {
  /** What happens before a create is answered. */
  onCreate: (() => void) | undefined;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(to: string): Promise<Between> {
    const server = createServer();
    const between = new Between(server);
    server.on("request", (incoming, response) => {
      const { method, url = "/", headers } = incoming;
      const onward = request(new URL(url, to), { method, headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () => {
          if (method === "POST" && url.startsWith("/conversations")) between.onCreate?.();
          response.writeHead(answer.statusCode ?? 500, answer.headers);
          response.end(Buffer.concat(chunks));
        });
      });
      incoming.pipe(onward);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return between;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const environment = () => ({
  PULUMI_BACKEND_URL: pathToFileURL(join(folder, "state")).href,
  PULUMI_CONFIG_PASSPHRASE: "fictional",
  TWILIO_AUTH_TOKEN: account.token,
});

/** `npx pulumi`, for a program with a Sync Service "kept", a Conversations Service "lost", or both. */
function run(names: string, ...words: string[]): Promise<PulumiRun> {
  const launcher = join(root, "packages/cli/pulumi.ts");
  const env = { ...environment(), NAMES: names };
  return ran(process.execPath, [launcher, ...words, "--non-interactive"], { cwd: folder, env });
}

/** The Services that the test made. */
function services(): { readonly sid: string; readonly name: unknown }[] {
  return local.twilio.store
    .list("twilio:conversations:Service")
    .map(({ sid, body }) => ({ sid, name: body["friendly_name"] }))
    .filter((one) => !standing.some(({ sid }) => sid === one.sid));
}

/** Deploys a Service of this name with a CLI that is killed before it hears that it was made. */
async function killedWhileMaking(name: string): Promise<string> {
  const found = JSON.parse(readFileSync(join(root, ".tools/pulumi/found.json"), "utf8")) as { bin: string };
  const child = spawn(
    join(found.bin, "pulumi"),
    ["up", "--yes", "--skip-preview", "--non-interactive", "-s", `test${stack}`],
    {
      cwd: folder,
      env: {
        ...process.env,
        ...environment(),
        PATH: `${found.bin}:${join(root, "node_modules/.bin")}:${process.env["PATH"] ?? ""}`,
        NAMES: name,
      },
      stdio: "ignore",
    },
  );
  const dead = once(child, "exit");
  // It stands still from the create on, so that it records nothing; the provider hears the answer and writes it down.
  between.onCreate = () => child.kill("SIGSTOP");
  await expect.poll(() => journaled().join(), { timeout: 60_000, interval: 50 }).toContain("~IS");
  between.onCreate = undefined;
  child.kill("SIGKILL");
  await dead;
  const made = services().find((service) => service.name === name)?.sid ?? "";
  expect(journaled().join()).toContain(made);
  await run("", "cancel", "--yes", `test${stack}`);
  return made;
}

/** Files of the journal of the stack. */
function journaled(): string[] {
  const journal = join(folder, "state", ".pulumi", "twilio-journal", "left", `test${stack}`);
  return existsSync(journal) ? readdirSync(journal, { recursive: true, encoding: "utf8" }) : [];
}

test("what the next program leaves out is announced by a preview and deleted by an up, and one line says so", async () => {
  const made = await killedWhileMaking("lost");
  const preview = await run("kept", "preview", "-s", `test${stack}`);
  expect(preview.stdout + preview.stderr).toContain(made);
  expect(preview.stdout + preview.stderr).toMatch(/`npx pulumi up -s test\d` deletes it when it has ended/);
  expect(services().map(({ name }) => name)).toEqual(["lost"]);
  const up = await run("kept", "up", "--yes", "--skip-preview", "-s", `test${stack}`);
  expect([up.code, up.stderr]).toEqual([
    0,
    expect.stringContaining(`Deleted ${made}, twilio:conversations:Service "lost": `),
  ]);
  expect(services()).toEqual([]);
  const again = await run("kept", "up", "--yes", "--skip-preview", "-s", `test${stack}`);
  expect([again.code, again.stderr]).toEqual([0, ""]);
});

test("what holds something stays, is named by each up, and the line that takes it over works", async () => {
  const made = await killedWhileMaking("lost");
  const at = `${local.endpoint}/conversations.twilio.com/v1/Services/${made}/Conversations`;
  await post("clock/advance", { seconds: 120 });
  await post(at, "FriendlyName=a+customer");
  let said = "";
  for (let times = 0; times < 2; times++) {
    const { code, stderr } = await run("kept", "up", "--yes", "--skip-preview", "-s", `test${stack}`);
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining(`${made}, twilio:conversations:Service "lost", stays`),
    ]);
    expect(stderr).toContain("because it holds a ServiceConversation");
    expect(stderr).toContain(`To delete it: \`curl -X DELETE`);
    said = stderr;
  }
  const [, line = ""] = /`npx pulumi (import [^`]+)`/.exec(said) ?? [];
  const imported = await run("kept", ...line.split(" "), "--yes", "--generate-code=false");
  expect([imported.code, imported.stdout + imported.stderr]).toEqual([
    0,
    expect.stringContaining("1 imported"),
  ]);
  const up = await run("kept lost", "up", "--yes", "--skip-preview", "-s", `test${stack}`);
  expect([up.code, up.stderr]).toEqual([0, ""]);
  expect(services().map(({ name }) => name)).toEqual(["lost"]);
});

test("Pulumi's own CLI gets a warning with the SID and both ways out, in a preview and in an up", async () => {
  const made = await killedWhileMaking("lost");
  const own = { ...environment(), NAMES: "kept" };
  for (const words of [["preview"], ["up", "--yes", "--skip-preview"]]) {
    const { code, stdout } = await plain(folder, own, ...words, "--non-interactive", "-s", `test${stack}`);
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining(`${made}, twilio:conversations:Service "lost"`),
    ]);
    expect(stdout.replace(/\s+/g, " ")).toContain("If the state does not have it, nothing looks after it.");
    expect(stdout).toContain(`pulumi import twilio:conversations:Service lost ${made}`);
    expect(stdout).toContain("curl -X DELETE");
  }
  expect(services().some(({ sid }) => sid === made)).toBe(true);
});

test("a machine that has lost the journal stops with the import line, and who follows it is done", async () => {
  const made = await killedWhileMaking("lost");
  rmSync(join(folder, "state", ".pulumi", "twilio-journal"), { recursive: true });
  const stopped = await run("lost", "up", "--yes", "--skip-preview", "-s", `test${stack}`);
  expect(stopped.code).not.toBe(0);
  const said = (stopped.stdout + stopped.stderr).replace(/\s+/g, " ");
  expect(said).toContain(`${made} (made `);
  expect(said).toContain("has the same inputs, and this machine does not know whether");
  const [, line = ""] = /`npx pulumi (import [^`]+)`/.exec(said) ?? [];
  expect(line).toBe(`import twilio:conversations:Service lost ${made} -s test${stack}`);
  expect((await run("lost", ...line.split(" "), "--yes", "--generate-code=false")).code).toBe(0);
  const up = await run("lost", "up", "--yes", "--skip-preview", "-s", `test${stack}`);
  expect([up.code, up.stderr]).toEqual([0, ""]);
  expect(services().map(({ sid }) => sid)).toEqual([made]);
});

test("a stack of which nothing was recorded leaves nothing behind when it is destroyed", async () => {
  await killedWhileMaking("lost");
  const { code } = await run("", "destroy", "--yes", "--skip-preview", "-s", `test${stack}`);
  expect([code, services()]).toEqual([0, []]);
});

/** Posts to the local Twilio: an object to its control prefix, a form to a URL of the API. */
async function post(to: string, said: object | string): Promise<void> {
  const isForm = typeof said === "string";
  const answer = await fetch(isForm ? to : `${local.endpoint}/_local/v1/${to}`, {
    method: "POST",
    headers: {
      authorization: `Basic ${btoa(`${account.user}:${account.token}`)}`,
      "content-type": isForm ? "application/x-www-form-urlencoded" : "application/json",
    },
    body: isForm ? said : JSON.stringify(said),
  });
  expect(answer.status, await answer.text()).toBeLessThan(300);
}
