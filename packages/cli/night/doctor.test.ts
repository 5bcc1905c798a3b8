/** What the doctor says of versions that do not fit, and of whoever answers at the local Twilio's port. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nodeCheck, providerCheck, stateCheck, versionCheck } from "./doctor-machine.ts";
import { portCheck } from "./doctor-port.ts";

const account = `AC${"1".repeat(32)}`;

test("stage local needs no login, every other stage does", () => {
  const none = { ok: false, stdout: "", stderr: "error: this command requires logging in\n" };
  expect(stateCheck(["local"], undefined, none)).toMatchObject({ is: "fine" });
  expect(stateCheck(["local"], "s3://gone", none)).toMatchObject({ is: "wrong" });
  expect(stateCheck(["local", "prod"], undefined, none)).toMatchObject({
    is: "wrong",
    text: "its backend does not answer: error: this command requires logging in",
  });
  const there = { ok: true, stdout: "Backend URL: s3://bucket\n", stderr: "" };
  expect(stateCheck(["prod"], undefined, there)).toMatchObject({ is: "fine", text: "kept at s3://bucket" });
});

describe("versions", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "support-line-doctor-"));
    await writeFile(join(folder, "package.json"), "{}");
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Puts a package where npm would. */
  const install = async (name: string, version: string) => {
    const place = join(folder, "node_modules", name);
    await mkdir(place, { recursive: true });
    await writeFile(join(place, "package.json"), JSON.stringify({ name, version, main: "index.js" }));
    await writeFile(join(place, "index.js"), "");
  };
  const project = (twilio: string) => ({ folder, buildDependencies: () => ({ twilio }) });

  test("a Node that is too old", () => {
    expect(nodeCheck("20.19.0")).toMatchObject({ is: "wrong", text: "20.19.0 is too old" });
    expect(nodeCheck("22.21.0").is).toBe("fine");
  });

  test("a provider and an SDK of two releases", async () => {
    await install("@support-line/provider", "0.3.0");
    await install("@pulumi/twilio", "0.2.0");
    expect(providerCheck({ folder })).toEqual({
      is: "wrong",
      what: "provider",
      text: "it is 0.3.0, and the SDK @pulumi/twilio is 0.2.0",
      remedy: "npm install @support-line/provider@latest @pulumi/twilio@latest: both come from one release.",
    });
    await install("@pulumi/twilio", "0.3.0");
    expect(providerCheck({ folder })).toMatchObject({ is: "fine" });
  });

  test("a provider that is not installed", () => {
    expect(providerCheck({ folder })).toMatchObject({
      is: "unknown",
      text: "@support-line/provider and @pulumi/twilio not installed",
      remedy: "Run npm install in the project.",
    });
  });

  test("Functions that are tried with another twilio than their Build gets", async () => {
    await install("twilio", "6.2.0");
    expect(versionCheck(project("5.3.0"))).toMatchObject({
      is: "wrong",
      text: "twilio 6.2.0 is installed, and the Build gets 5.3.0",
    });
    expect(versionCheck(project("^6.2.0"))).toMatchObject({ is: "fine" });
  });

  test("no twilio at all", () => {
    expect(versionCheck(project("6.2.0"))).toMatchObject({
      is: "unknown",
      remedy: "Run npm install in the project.",
    });
  });
});

describe("the port", () => {
  let server: Server;
  let endpoint: string;
  let answer: { readonly status: number; readonly body: string };
  beforeEach(async () => {
    server = createServer((_, response) => {
      response.writeHead(answer.status);
      response.end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  test("another program has it", async () => {
    answer = { status: 404, body: "<h1>It works!</h1>" };
    const { is, text, remedy } = await portCheck(endpoint, account);
    expect(is).toBe("wrong");
    expect(text).toMatch(/^another program has port \d+: what answers there is no local Twilio$/);
    expect(remedy).toContain("--port");
  });

  test("a local Twilio with another account has it", async () => {
    answer = { status: 200, body: JSON.stringify({ version: "0.1.0", accountSid: `AC${"2".repeat(32)}` }) };
    const { is, text } = await portCheck(endpoint, account);
    expect(is).toBe("wrong");
    expect(text).toMatch(/the local Twilio at port \d+ has account AC2222…2222, the stage AC1111…1111/);
  });

  test("the stage's own local Twilio has it", async () => {
    answer = { status: 200, body: JSON.stringify({ version: "0.1.0", accountSid: account }) };
    expect(await portCheck(endpoint, account)).toMatchObject({ is: "fine" });
  });

  test("nobody has it", async () => {
    await new Promise((resolve) => server.close(resolve));
    const { is, text, remedy } = await portCheck(endpoint, account);
    expect(is).toBe("wrong");
    expect(text).toMatch(/^nobody answers: .*ECONNREFUSED/);
    expect(remedy).toBe("npm start runs the local Twilio.");
    server = createServer().listen(0);
  });
});
