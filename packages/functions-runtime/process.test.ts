import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { readMessage } from "./child/messages.ts";
import { createFunctionsHost } from "./host.ts";
import { limits } from "./limits.ts";
import { answering, deploymentOf, domain, requestOf, textOf, withTwilio } from "./testing/deployment.ts";

const host = createFunctionsHost();
afterEach(() => host.close());

const ask = (path: string, form: Readonly<Record<string, string>> = {}) =>
  host.invoke(domain, requestOf(path, { form }));

test("a Function reads neither what is not its own nor the environment of whoever started the server", async () => {
  const folder = mkdtempSync(join(tmpdir(), "secret-"));
  writeFileSync(join(folder, "ca-key.pem"), "key");
  const read = `const { readFileSync } = require('fs');
    exports.handler = (context, event, callback) => callback(null, String(readFileSync(event.file)));`;
  await host.deploy(deploymentOf({ "/read": read, "/environment": answering("Object.keys(process.env)") }));
  const parent = `/proc/${process.pid}/environ`;
  for (const file of [join(folder, "ca-key.pem"), parent, join(process.cwd(), "package.json")]) {
    const { response, error } = await ask("/read", { file });
    expect([response.status, error?.message]).toEqual([
      500,
      expect.stringContaining("Access to this API has been restricted"),
    ]);
  }
  vi.stubEnv("SECRET_OF_THE_SHELL", "1");
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(textOf(await ask("/environment"))).not.toContain("SECRET_OF_THE_SHELL");
  rmSync(folder, { recursive: true });
});

test("a Function finds what a module needs where pnpm puts it, in folders that links lead to", async () => {
  const folder = mkdtempSync(join(tmpdir(), "modules-"));
  const store = join(folder, "node_modules/.pnpm");
  const place = (name: string, text: string) => {
    const at = join(store, `${name}@1.0.0/node_modules/${name}`);
    mkdirSync(at, { recursive: true });
    writeFileSync(join(at, "index.js"), text);
  };
  place("needed", "module.exports = 'found';");
  place("outer", "module.exports = require('needed');");
  symlinkSync("../../needed@1.0.0/node_modules/needed", join(store, "outer@1.0.0/node_modules/needed"));
  symlinkSync(".pnpm/outer@1.0.0/node_modules/outer", join(folder, "node_modules/outer"));
  try {
    await host.deploy({ ...deploymentOf({ "/needs": answering("require('outer')") }), modules: [folder] });
    expect(textOf(await ask("/needs"))).toBe("found");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each([
  ["its parent", "process.ppid", "process.kill(pid, 'SIGKILL')"],
  ["its parent, in another way", "process.ppid", "process._kill(pid, 9)"],
  ["its parent, for a debugger", "process.ppid", "process._debugProcess(pid)"],
  ["every process of its group", "0", "process.kill(pid, 'SIGKILL')"],
  ["every process that there is", "-1", "process.kill(pid, 'SIGKILL')"],
  ["its parent's group", "-process.ppid", "process.kill(pid, 0)"],
  ["a sibling", "Number(event.sibling)", "process.kill(pid, 'SIGKILL')"],
  ["its parent, as text", "String(process.ppid)", "process.kill(pid, 'SIGKILL')"],
])("a Function sends no signal to %s", async (_, pid, call) => {
  const sibling = createFunctionsHost();
  const source = `exports.handler = (context, event, callback) => { const pid = ${pid}; ${call}; callback(null, 'sent'); };`;
  try {
    await sibling.deploy(deploymentOf({ "/pid": answering("process.pid") }));
    const pidOf = async () => textOf(await sibling.invoke(domain, requestOf("/pid")));
    const before = await pidOf();
    await host.deploy(deploymentOf({ "/kill": source }));
    const { response, error } = await ask("/kill", { sibling: before });
    expect([response.status, error?.message]).toEqual([
      500,
      expect.stringContaining("may not send a signal to process"),
    ]);
    expect(await pidOf()).toBe(before);
  } finally {
    await sibling.close();
  }
});

test("nor does a thread that it starts, and it may end its own process", async () => {
  const thread = `const { Worker } = require('worker_threads');
    exports.handler = (context, event, callback) =>
      new Worker("process.kill(process.ppid, 'SIGKILL')", { eval: true })
        .once('error', ({ message }) => callback(null, message));`;
  await host.deploy(
    deploymentOf({
      "/thread": thread,
      "/own": answering("process.kill(process.pid, 'SIGKILL')"),
      "/well": answering("1"),
    }),
  );
  expect(textOf(await ask("/thread"))).toContain("may not send a signal to process");
  expect((await ask("/own")).response.status).toBe(500);
  expect(textOf(await ask("/well"))).toBe("1");
});

test("a Function starts no other program", async () => {
  const source = `exports.handler = (context, event, callback) =>
    callback(null, require('child_process').execSync('id').toString());`;
  await host.deploy(deploymentOf({ "/run": source }));
  expect((await ask("/run")).error?.message).toContain("Access to this API has been restricted");
});

test("a Function writes temporary files, and its dependencies and threads work", async () => {
  const functions = {
    "/file": `const fs = require('fs'), path = require('path'), os = require('os');
      exports.handler = (context, event, callback) => {
        const file = path.join(os.tmpdir(), 'note');
        fs.writeFileSync(file, 'noted');
        callback(null, fs.readFileSync(file, 'utf8'));
      };`,
    "/thread": `const { Worker } = require('worker_threads');
      exports.handler = (context, event, callback) =>
        new Worker("require('worker_threads').parentPort.postMessage('done')", { eval: true })
          .once('message', (text) => callback(null, text));`,
    "/twilio": answering("new Twilio.twiml.MessagingResponse().toString()"),
  };
  await host.deploy(deploymentOf(functions, { modules: [withTwilio] }));
  expect(textOf(await ask("/file"))).toBe("noted");
  expect(textOf(await ask("/thread"))).toBe("done");
  expect(textOf(await ask("/twilio"))).toContain("<Response/>");
});

test("what a Function says to its parent is nothing to it", async () => {
  const source = `const said = [];
    process.on('message', (message) => said.push(message));
    exports.handler = (context, event, callback) => {
      for (const message of [null, 1, 'x', {}, { type: 'answered' }, { type: 'answered', id: 'x', logs: [] }]) process._send(message);
      setTimeout(() => callback(null, JSON.stringify([typeof process.send, said.length])), 20);
    };`;
  await host.deploy(deploymentOf({ "/f": source }));
  expect(textOf(await ask("/f"))).toBe('["undefined",0]');
  expect(textOf(await ask("/f"))).toBe('["undefined",0]');
});

test.each([
  [null],
  [{ type: "answered", id: "1", logs: [], error: null, response: { status: "200", headers: {}, body: "" } }],
  [
    {
      type: "answered",
      id: "1",
      logs: [{}],
      error: null,
      response: { status: 200, headers: {}, body: Buffer.from("") },
    },
  ],
  [{ type: "late", id: 1, logs: [] }],
  [{ type: "late", id: "1" }],
  [{ type: "begun" }],
])("%j is no message", (value) => {
  expect(readMessage(value)).toBeUndefined();
});

test("a response that HTTP cannot carry is an error of the Function", async () => {
  const functions = {
    "/status": answering("new Twilio.Response().setStatusCode(99999)"),
    "/name": answering("new Twilio.Response().appendHeader('a b', '1')"),
    "/value": answering("new Twilio.Response().appendHeader('x-a', 'a\\nb')"),
  };
  await host.deploy(deploymentOf(functions, { modules: [withTwilio] }));
  for (const path of Object.keys(functions)) {
    const { response, error } = await ask(path);
    expect([path, response.status, error?.code]).toEqual([path, 500, 82002]);
  }
});

test("a Function that loops keeps none beside it from running", async () => {
  const patient = createFunctionsHost({ timeoutMs: 60_000 });
  const functions = {
    "/loop": "exports.handler = () => { while (true); };",
    "/f": answering("'fine'"),
  };
  await patient.deploy(deploymentOf(functions));
  const answer = async () => textOf(await patient.invoke(domain, requestOf("/f")));
  await answer();
  let isOver = false;
  const loop = patient.invoke(domain, requestOf("/loop")).finally(() => (isOver = true));
  expect(await answer()).toBe("fine");
  expect(await answer()).toBe("fine");
  expect(isOver).toBe(false);
  await patient.close();
  expect((await loop).response.status).toBe(500);
});

test("a Function that fills memory ends alone, and its error says so", async () => {
  const patient = createFunctionsHost({ timeoutMs: 60_000 });
  const functions = {
    "/objects":
      "exports.handler = () => { const all = []; for (;;) all.push(new Array(1e6).fill(all.length)); };",
    "/bytes": `const all = []; exports.handler = (c, e, callback) => {
      const more = () => { all.push(Buffer.alloc(64 * 1024 * 1024, 1)); setImmediate(more); };
      more();
    };`,
    "/f": answering("'fine'"),
  };
  await patient.deploy(deploymentOf(functions));
  const ran = (path: string) => patient.invoke(domain, requestOf(path));
  const { heapMb, memory } = limits.process;
  expect((await ran("/objects")).error?.message).toContain(`took more than ${heapMb} MB of memory`);
  expect((await ran("/bytes")).error?.message).toContain(`took more than ${memory / 1024 ** 2} MB of memory`);
  expect(textOf(await ran("/f"))).toBe("fine");
  await patient.close();
}, 90_000);
