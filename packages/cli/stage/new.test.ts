import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { parse } from "yaml";
import { afterAll, expect, test } from "vitest";
import { localAccountSid, openProject, readStage, stageKeys, type Stage } from "@support-line/stage";
import { answersOf, type Given } from "./new.ts";
import { newStageFile, type NewStage } from "./new-file.ts";
import { askOn } from "./new-prompts.ts";
import { stageNameProblem } from "./new-questions.ts";

/** A project with a template. */
const folder = mkdtempSync(join(tmpdir(), "stage-new-"));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, "Pulumi.yaml"), "name: my-line\n");
mkdirSync(join(folder, "flow-templates"));
writeFileSync(join(folder, "flow-templates/support.json"), '{"initial_state":"Trigger","states":[]}');
const project = openProject(folder);

const account = "AC0123456789abcdef0123456789abcdef";
const given = {
  account: localAccountSid,
  address: "+15550100009",
  agents: "ada=+15550100101, ben=+15550100102",
} as const;
const staging: NewStage = {
  project: "my-line",
  stage: "staging",
  accountSid: localAccountSid,
  channel: "sms",
  address: "+15550100009",
  flow: "support",
  line: "support",
  agents: [{ name: "ada", address: "+15550100101" }],
  proxies: ["+15550100010"],
  flexAnswerWithin: null,
  endpoint: null,
};

const nobody = (answers: Given, stages: readonly Stage[] = []) =>
  answersOf(answers, { project, stages, ask: null, isUsual: true });

/** What the program would read from a stage file. */
function read(text: string): Stage {
  const { config } = parse(text) as { config: Record<string, unknown> };
  const own = Object.entries(config).map(([key, value]) => [key.replace(/^my-line:/, ""), value]);
  return readStage("my-line", "staging", Object.fromEntries(own) as Record<string, unknown>);
}

test("a new stage is valid as it is written", () => {
  expect(read(newStageFile(staging))).toMatchObject({
    lines: [{ proxies: ["+15550100009", "+15550100010"], agents: [{ name: "ada" }] }],
  });
});

test("every key that a person sets is explained, and valid once its comment is taken away", () => {
  const text = newStageFile(staging);
  const file = text.replace(/^ {2}# (my-line:| {2,}\S)/gm, "  $1").replace("HX0", "HX1");
  expect(Object.keys((parse(file) as { config: object }).config).toSorted()).toEqual(
    stageKeys
      .filter((key) => key !== "adopted" && key !== "secrets")
      .map((key) => `my-line:${key}`)
      .toSorted(),
  );
  expect(read(file)).toMatchObject({
    languages: [{ name: "en" }, { name: "de" }],
    flex: { answerWithin: 30 },
  });
});

test("names that YAML would take for something else stay names", () => {
  const agents = [{ name: "null", address: "+15550100101" }];
  expect(read(newStageFile({ ...staging, line: "true", agents })).lines).toMatchObject([
    { name: "true", agents: [{ name: "null" }] },
  ]);
});

test("without a terminal what has a usual answer gets it, and the rest is named by its flag", async () => {
  expect(await nobody(given)).toMatchObject({ channel: "sms", flow: "support", proxies: "" });
  await expect(nobody({ address: "+15550100009" })).rejects.toThrow("give --account.");
});

test("a Flow that answers alone needs no agents, and the only template is the usual one", async () => {
  const alone = join(folder, "alone");
  mkdirSync(join(alone, "flow-templates"), { recursive: true });
  writeFileSync(join(alone, "Pulumi.yaml"), "name: my-line\n");
  const file = join(alone, "flow-templates/petals.json");
  writeFileSync(file, '{"initial_state":"Trigger","states":[]}');
  const asking = { project: openProject(alone), stages: [], ask: null, isUsual: true };
  const numbers = { account: given.account, address: given.address };
  const answers = await answersOf({ ...numbers, channel: "voice" }, asking);
  expect(answers).toMatchObject({ flow: "petals", agents: "", channel: "voice" });
  const text = newStageFile({ ...staging, channel: "voice", agents: [], proxies: [] });
  expect(read(text)).toMatchObject({ lines: [{ channel: "voice", agents: [] }] });
  expect(parse(text)).not.toHaveProperty(["config", "my-line:agents"]);

  // One that asks agents wants some.
  writeFileSync(
    file,
    '{"initial_state":"x","states":[{"name":"x","type":"run-function","properties":{"url":"https://x.twil.io/find"}}]}',
  );
  mkdirSync(join(alone, "functions"));
  writeFileSync(
    join(alone, "functions/find.protected.ts"),
    'import { joinFirstFree } from "@support-line/functions/join";\nexport const handler = joinFirstFree;\n',
  );
  symlinkSync(join(process.cwd(), "node_modules"), join(alone, "node_modules"));
  const asked = answersOf(numbers, { ...asking, project: openProject(alone) });
  await expect(asked).rejects.toThrow("give --agents.");
  const none = answersOf({ ...numbers, agents: "" }, { ...asking, project: openProject(alone) });
  await expect(none).rejects.toThrow("functions/find.protected.ts of the Flow petals asks agents");
});

test.each([
  [{ ...given, address: "15550100009" }, "--address 15550100009: is digits without a plus"],
  [{ ...given, address: "+1555" }, "--address +1555: is not an E.164 number"],
  [{ ...given, channel: "whatsapp" }, "--address +15550100009: is not a WhatsApp address"],
  [{ ...given, channel: "fax" }, "--channel fax: is none of sms, whatsapp, voice"],
  [{ ...given, account }, "is a number nobody has, set aside for tests"],
  [{ ...given, account: "ACx" }, "--account ACx: is not an account SID"],
  [{ ...given, flow: "nowhere" }, "it has support.json"],
  [{ ...given, agents: "+15550100101" }, 'has "+15550100101", which is not a name'],
  [{ ...given, agents: "ada=+15550100009" }, "has ada on the line's own number"],
  [{ ...given, agents: "ada=+15550100101,ada=+15550100102" }, "has ada or their phone twice"],
  [
    { ...given, agents: "ada=whatsapp:+15550100101" },
    "has no whatsapp number, and ada is reached by whatsapp",
  ],
  [{ ...given, proxies: "+15550100101" }, `has "+15550100101", which is ada's phone`],
  [{ ...given, proxies: "+15550100009" }, 'has "+15550100009" twice'],
])("%j is refused with what to do", async (answers, words) => {
  await expect(nobody(answers)).rejects.toThrow(words);
});

test("a number that another stage of the account answers is refused by that stage's name", async () => {
  await expect(nobody(given, [read(newStageFile(staging))])).rejects.toThrow("is answered by stage staging");
});

test("a stage's name with capitals is refused with the name that would do", () => {
  expect(stageNameProblem("Staging")).toContain('write it like "staging"');
  expect(stageNameProblem("../x")).toContain("is not a name of a stage");
  expect(stageNameProblem("prod-eu")).toBeNull();
});

test("a person is asked again until the answer is right", async () => {
  const [keys, screen] = [new PassThrough(), new PassThrough()];
  let shown = "";
  const asked: string[] = [];
  // A question is shown before its keys are listened to.
  const type = (text: string) => setImmediate(() => keys.write(text));
  screen.on("data", (chunk: Buffer) => {
    shown += chunk.toString();
    if (shown.includes("Which number") && asked.length === 0) {
      asked.push("wrong");
      type("+1555\r");
    }
    if (shown.includes("is not an E.164 number") && asked.length === 1) {
      asked.push("right");
      // What was typed is still there, and goes.
      type("\u0015+15550100009\r");
    }
  });
  const answers = await answersOf(
    { account: localAccountSid, agents: given.agents },
    { project, stages: [], ask: askOn(project, { input: keys, output: screen }), isUsual: true },
  );
  expect(answers.address).toBe("+15550100009");
  expect(asked).toEqual(["wrong", "right"]);
});
