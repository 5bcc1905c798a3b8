/** A line that others made is taken into code and given back: without a change at Twilio, and without interrupting anybody. */
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Twilio } from "twilio";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  conversationEntry,
  deployedProject,
  deployWithToolkit,
  functionAt,
  greetingFlow,
  toolkitProject,
} from "./adopted/foreign-account.ts";
import { callsDuring } from "./calls.ts";
import { ProjectCopy, type CommandRun } from "./project-copy.ts";
import { foreignClient } from "./foreign-client.ts";
import { LocalPhone } from "./local-world.ts";

const line = "+15550100004";
/** Of each visibility, one in a folder, and one whose name begins with the last letter. */
const assets = {
  "assets/zoo/prices.html": "<h1>prices</h1>",
  "assets/menu.protected.json": '{"soup":4}',
  "assets/orders.private.json": '{"1042":"peonies"}',
};

let folder: string;
let twilio: LocalTwilio;
let client: Twilio;
let copy: ProjectCopy;
let flowSid: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "adopt-"));
  twilio = await startLocalTwilio({ folder, port: 0 });
  client = foreignClient(twilio);
  copy = await ProjectCopy.create({
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: twilio.authToken,
  });
  await deployedProject({ ...twilio, folder }, { ...toolkitProject, ...assets });
  const definition = greetingFlow(await functionAt(client, "/greet"));
  flowSid = await conversationEntry(client, { address: line, definition });
});
afterAll(async () => {
  await copy[Symbol.asyncDispose]();
  await twilio.close();
  await rm(folder, { recursive: true, force: true });
});

const file = (path: string) => readFile(join(copy.folder, path), "utf8");
const stage = (...words: string[]) => copy.stage(words);
const adopt = (name: string, ...words: string[]) =>
  stage("adopt", name, "--endpoint", twilio.endpoint, ...words);

/** What a customer who writes to a number gets. */
async function answerTo(address: string, said: string, number = line): Promise<string[]> {
  const customer = new LocalPhone(twilio.endpoint, address);
  await customer.heard();
  await customer.says(number, said);
  return (await customer.heard()).map(({ body }) => body);
}

/** A run of the Pulumi CLI that has to succeed. */
async function pulumi(words: string): Promise<CommandRun> {
  const run = await copy.pulumi(...words.split(" "), "--non-interactive");
  if (run.code !== 0) throw new Error(`${run.stdout}\n${run.stderr}`);
  return run;
}
const imported = (name: string) =>
  pulumi(`import --file Pulumi.${name}.import.json --generate-code=false --protect=false --yes -s ${name}`);

/** What anybody reads at a path of the Functions' domain. */
async function served(path: string): Promise<string> {
  const { url } = await functionAt(client, "/greet");
  return (await fetch(`${twilio.endpoint}/${new URL(url).host}${path}`)).text();
}

/** The steps of a preview that change something, each with what it changes. */
async function preview(name: string): Promise<string[]> {
  const { steps } = JSON.parse((await pulumi(`preview --json -s ${name}`)).stdout) as {
    steps: { op: string; urn: string; detailedDiff?: Record<string, unknown> | null }[];
  };
  return steps
    .filter(({ op }) => op !== "same")
    .map(({ op, urn, detailedDiff }) =>
      [op, urn.split("::").slice(2).join(" "), ...Object.keys(detailedDiff ?? {})].join(" "),
    );
}

describe("Functions by twilio-run, a Flow and Conversations by Twilio's client", () => {
  test("the line works before", async () => {
    expect(await answerTo("+15550100301", "hi")).toEqual(["hello, you said: hi"]);
  });

  test("adopting only reads, and says what it found, what it left and who is in the middle of something", async () => {
    let run: CommandRun | undefined;
    const calls = await callsDuring({ twilio }, async () => {
      run = await adopt("prod", "--name", "helpline");
    });
    expect(run?.stderr).toBe("");
    expect(calls.length).toBeGreaterThan(10);
    expect(calls.filter(({ method }) => method !== "GET")).toEqual([]);
    const text = run?.stdout ?? "";
    expect(text).toContain(`Flow ${flowSid} "Support line", published, revision 1, 3 widgets`);
    expect(text).toContain("/greet, /inner/polite");
    expect(text).toMatch(/Assets: (\/menu\.json, \/zoo\/prices\.html|\/zoo\/prices\.html, \/menu\.json)/);
    expect(text).toContain(
      "Asset /orders.json: what is in it cannot be read; it stays in every Build as it is",
    );
    expect(text).toMatch(
      /What answers \+15550100004 today:\n {2}address configuration IG\w{32} opens Conversations/,
    );
    expect(text).toContain("1 open Conversations and 0 running Executions");
    expect(text).toContain("1 in the stage file, 1 encrypted (CRM_TOKEN)");
  });

  test("a secret stands in no file in plain text", async () => {
    const written = await Promise.all(
      [
        "Pulumi.prod.yaml",
        "Pulumi.prod.import.json",
        "flow-templates/helpline.json",
        "functions/adopted/helpline/greet.protected.js",
      ].map(file),
    );
    expect(written.join("")).toContain("GREETING: hello");
    expect(written.join("")).not.toContain("not-for-everybody");
  });

  test("after the import nothing changes, and the line works as before", async () => {
    await imported("prod");
    expect(await preview("prod")).toEqual([]);
    expect((await pulumi("stack export -s prod")).stdout).not.toContain("not-for-everybody");
    await pulumi("up --yes --skip-preview -s prod");
    expect(await answerTo("+15550100301", "again")).toEqual(["hello, you said: again"]);
  });

  test("Assets that anybody, or Twilio, may read are taken along; a private one stays as it is, and is named", async () => {
    expect(await file("assets/adopted/helpline/zoo/prices.html")).toBe("<h1>prices</h1>");
    expect(await file("assets/adopted/helpline/menu.protected.json")).toBe('{"soup":4}');
    const text = await file("Pulumi.prod.yaml");
    expect(text).toMatch(/assetVersions:\n +- ZN\w{32}\n/);
    expect(text).toMatch(/\/zoo\/prices\.html:\n +version: ZN\w{32}\n +visibility: public\n +sha256: \w{64}/);
  });

  test("the stage is a stage: checked, with a status", async () => {
    expect((await stage("check", "prod")).stdout).toContain("line helpline, flow helpline, without agents");
    const status = await stage("status", "prod");
    expect(status.stderr).toBe("");
    expect(status.stdout).toContain("helpline");
  });

  test("from then on it is changed in code: a Function, a Variable, the Flow", async () => {
    const source = "functions/adopted/helpline/greet.protected.js";
    await writeFile(
      join(copy.folder, source),
      (await file(source)).replace("event.said", "event.said + '!'"),
    );
    const stageFile = await file("Pulumi.prod.yaml");
    await writeFile(
      join(copy.folder, "Pulumi.prod.yaml"),
      stageFile.replace("GREETING: hello", "GREETING: hey"),
    );
    expect((await preview("prod")).toSorted()).toEqual(
      [
        "update twilio:serverless:Function functions-greet content",
        "update twilio:serverless:Variable functions-GREETING value",
        "replace twilio:serverless:Build functions functionVersions",
        "update twilio:serverless:Deployment functions buildSid",
      ].toSorted(),
    );
    await pulumi("up --yes --skip-preview -s prod");
    expect(await answerTo("+15550100302", "hi")).toEqual(["hey, you said: hi!"]);
  });

  test("and back again in a minute: the Build before and its Variables, without a new one", async () => {
    const run = await stage("rollback", "prod", "--yes");
    expect(run.stderr).toBe("");
    expect(run.stdout).toContain("Functions that differ: /greet");
    expect(run.stdout).toContain("Variable GREETING is hello instead of hey");
    expect(await answerTo("+15550100302", "hi")).toEqual(["hello, you said: hi"]);
    expect((await stage("rollback", "prod", "--clear")).stdout).toContain("Variable GREETING is hey");
    await pulumi("up --yes --skip-preview -s prod");
    expect(await answerTo("+15550100302", "hi")).toEqual(["hey, you said: hi!"]);
    expect((await pulumi("stack export -s prod")).stdout).not.toContain("not-for-everybody");
  });

  test("a file that is there is not written over, unless that is said", async () => {
    const run = await adopt("prod", "--name", "helpline");
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/Pulumi\.prod\.yaml.*would be overwritten\. Nothing was written/);
    const salt = /encryptionsalt: .*/.exec(await file("Pulumi.prod.yaml"))?.[0];
    expect((await adopt("prod", "--name", "helpline", "--force")).stderr).toBe("");
    expect(await file("Pulumi.prod.yaml")).toContain(salt);
    expect(await preview("prod")).toEqual([]);
  });

  test("an Asset that is edited, and a new one, are uploaded, and the others stay", async () => {
    await writeFile(join(copy.folder, "assets/adopted/helpline/zoo/prices.html"), "<h1>new prices</h1>");
    await writeFile(join(copy.folder, "assets/adopted/helpline/logo.svg"), "<svg/>");
    expect((await preview("prod")).toSorted()).toEqual(
      [
        "create twilio:serverless:Asset functions-zoo/prices.html",
        "create twilio:serverless:Asset functions-logo.svg",
        "replace twilio:serverless:Build functions assetVersions",
        "update twilio:serverless:Deployment functions buildSid",
      ].toSorted(),
    );
    await pulumi("up --yes --skip-preview -s prod");
    expect(await served("/zoo/prices.html")).toBe("<h1>new prices</h1>");
    expect(await served("/logo.svg")).toBe("<svg/>");
    expect(await answerTo("+15550100301", "still")).toEqual(["hey, you said: still!"]);
  });

  test("leaving: twilio-run goes on where the stage was", async () => {
    const out = join(folder, "left");
    const run = await stage("leave", "prod", "--out", out);
    expect(run.stderr).toBe("");
    expect(await readFile(join(out, ".env.example"), "utf8")).toMatch(/^# CRM_TOKEN=\n# GREETING=$/m);
    const flow = JSON.parse(await readFile(join(out, "flows/helpline.json"), "utf8")) as unknown;
    expect(flow).toEqual((await client.studio.v2.flows(flowSid).fetch()).definition);
    expect((await stage("leave", "prod", "--out", out)).stderr).toContain("is not empty");
    expect(await readFile(join(out, "assets/zoo/prices.html"), "utf8")).toBe("<h1>new prices</h1>");
    expect(await readFile(join(out, "assets/menu.protected.json"), "utf8")).toBe('{"soup":4}');
    expect(await readFile(join(out, "README.md"), "utf8")).toMatch(/private Assets \(versions ZN\w{32}\)/);

    const greet = join(out, "functions/greet.protected.js");
    await writeFile(greet, (await readFile(greet, "utf8")).replace("'!'", "'?'"));
    await writeFile(join(out, ".env"), "GREETING=moin\n");
    const before = await functionAt(client, "/greet");
    await deployWithToolkit(
      { ...twilio, folder },
      out,
      "--override-existing-project",
      "--environment",
      "dev",
    );
    expect(await functionAt(client, "/greet")).toEqual(before);
    expect(await answerTo("+15550100303", "hi")).toEqual(["moin, you said: hi?"]);
    expect(await served("/zoo/prices.html")).toBe("<h1>new prices</h1>");
  });
});
