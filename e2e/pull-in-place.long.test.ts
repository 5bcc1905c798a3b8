/** An edit in Studio's editor pulled into the checkout: template and bindings are written, and the next deployment finds it so. */
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import type { FlowDefinition, State } from "@support-line/studio";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Twilio } from "twilio";
import { afterAll, beforeAll, expect, test } from "vitest";
import { localAccountSid } from "@support-line/stage";
import { callsDuring } from "./calls.ts";
import { ProjectCopy } from "./project-copy.ts";
import { foreignClient } from "./foreign-client.ts";
import { supportStage } from "./stage.ts";

let folder: string;
let twilio: LocalTwilio;
let client: Twilio;
let copy: ProjectCopy;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pull-"));
  twilio = await startLocalTwilio({ folder, port: 0 });
  client = foreignClient(twilio);
  copy = await ProjectCopy.create({ TWILIO_AUTH_TOKEN: twilio.authToken });
  const config = {
    "twilio:endpoint": twilio.endpoint,
    "support-line:accountSid": localAccountSid,
    "support-line:lines": supportStage.lines,
    "support-line:agents": supportStage.agents,
  };
  await writeFile(join(copy.folder, "Pulumi.local.yaml"), JSON.stringify({ config }));
  await up();
});
afterAll(async () => {
  await copy[Symbol.asyncDispose]();
  await twilio.close();
  await rm(folder, { recursive: true, force: true });
});

async function up(): Promise<void> {
  const run = await copy.pulumi("up", "--yes", "--skip-preview", "--non-interactive", "-s", "local");
  if (run.code !== 0) throw new Error(`${run.stdout}\n${run.stderr}`);
}
const read = (path: string) => readFile(join(copy.folder, "flow-templates", path), "utf8");

/** Adds a widget that runs a Function of the stage, as somebody does who copies one in the editor. */
function withCopy(states: readonly State[]): State[] {
  const original = states.find(({ name }) => name === "start-conversation");
  if (original === undefined) throw new Error("the Flow has no start-conversation");
  return [
    ...states.map((state) =>
      state.name === "agent-removed-message"
        ? { ...state, transitions: [{ event: "sent", next: "make-whole" }, { event: "failed" }] }
        : state,
    ),
    { ...original, name: "make-whole", properties: { ...original.properties, offset: { x: 340, y: 1360 } } },
  ];
}

test("template and bindings are written, and a deployment finds at Twilio what the code says", async () => {
  const [flow] = await client.studio.v2.flows.list();
  const place = client.studio.v2.flows(flow?.sid ?? "");
  const definition = (await place.fetch()).definition as FlowDefinition;
  await place.update({
    status: "published",
    commitMessage: "in the editor",
    definition: { ...definition, states: withCopy(definition.states) },
  });
  const pulled = await copy.run("packages/cli/studio.ts", ["pull", "support", "--stage", "local"]);
  expect(pulled.stderr).toBe("");
  expect(pulled.stdout).toContain('"make-whole" is new (run-function)');
  expect(pulled.code).toBe(0);
  expect(await read("support.json")).not.toMatch(/Z[SEH](?!0{32})[0-9a-f]{32}/);
  expect(await read("support.bindings.ts")).toContain(
    '...runsFunctionOfLine("make-whole", "start-conversation"),',
  );

  const calls = await callsDuring({ twilio }, up);
  expect(calls.filter(({ method }) => method !== "GET")).toEqual([]);
  expect((await place.fetch()).revision).toBe(2);
  const preview = await copy.pulumi("preview", "--expect-no-changes", "--non-interactive", "-s", "local");
  expect(preview).toMatchObject({ code: 0 });
  const again = await copy.run("packages/cli/studio.ts", ["pull", "support", "--stage", "local"]);
  expect(again.stdout).toContain("Nothing to pull");
});
