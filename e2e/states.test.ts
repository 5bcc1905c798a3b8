/**
 * Deployed stages outlive every move of a file. States that earlier code wrote are previewed with today's program: nothing is
 * created, deleted or replaced, and nothing is called otherwise.
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import pLimit from "p-limit";
import { beforeAll, describe, expect, test } from "vitest";
import { previewRecorded, recordedResources, type PreviewOfRecorded } from "./states/recorded.ts";

/** CHANGELOG.md: "A Function is bundled to the same bytes wherever its sources lie". */
const newBuild = "a new Build";
/** What a new Build is made of, and nothing else of the stack: contents, the Build in place of the one before, its Deployment. */
const ofBuild =
  /^(update Function functions-\S+ content|(create-replacement |replace )Build functions functionVersions|delete-replaced Build functions|update Deployment functions buildSid)$/;
const ofFunctions = "support-line:index:FunctionsService$twilio:serverless:";

/** CHANGELOG.md: "No Flow goes on writing to somebody who does not write back". */
const unanswered = (line: string) => `update support-line:index:LineFlow$twilio:studio:Flow ${line}`;

/**
 * What today's program may change in each of them, each with the line of CHANGELOG.md that says so. Never a create, a delete or
 * a replacement of anything but a Build.
 */
const recorded: Readonly<Record<string, readonly string[]>> = {
  support: [newBuild],
  desk: [newBuild, unanswered("desk")],
  flex: [newBuild, unanswered("support")],
  adopted: [],
};

const previews: Record<string, PromiseSettledResult<PreviewOfRecorded>> = {};
beforeAll(async () => {
  const twoAtOnce = pLimit(2);
  const names = Object.keys(recorded);
  const settled = await Promise.allSettled(names.map((name) => twoAtOnce(() => previewRecorded(name))));
  settled.forEach((result, at) => (previews[names[at] ?? ""] = result));
});

function previewOf(name: string): PreviewOfRecorded {
  const preview = previews[name];
  if (preview?.status !== "fulfilled") throw preview?.reason;
  return preview.value;
}

describe.each(Object.entries(recorded))("the recorded state %s", (name, allowed) => {
  test("is left as it is, but for what the changelog names", () => {
    const { changes } = previewOf(name);
    const why = changes.map(({ step, properties }) => [step, ...properties].join("\n  ")).join("\n");
    const told = changes.map(({ step, properties }) =>
      ofBuild.test([step, ...properties].join(" ").replace(ofFunctions, "")) ? newBuild : step,
    );
    expect([...new Set(told)].toSorted(), why).toEqual(allowed.toSorted());
  });

  test("has the types, names, parents and providers that the list has, and so has the program", async () => {
    const list = fileURLToPath(new URL(`states/${name}/resources.txt`, import.meta.url));
    const lines = (await readFile(list, "utf8")).trimEnd().split("\n");
    expect(await recordedResources(name)).toEqual(lines);
    expect(previewOf(name).resources).toEqual(lines);
  });
});

test("a resource that a release calls otherwise is the deployed one, with a row for its old name, and else it is not", async () => {
  const renamed = (text: string) => text.replace('Service("conversations"', 'Service("talks"');
  const row = '[{ type: "twilio:conversations:Service", name: "talks", was: { name: "conversations" } }]';
  const withRow = (text: string) => text.replace("readonly Renamed[] = []", `readonly Renamed[] = ${row}`);
  const ofService = ({ changes }: PreviewOfRecorded) =>
    changes.map(({ step }) => step).filter((step) => step.includes("twilio:conversations:Service "));
  expect(ofService(await previewRecorded("support", { "infra/index.ts": renamed }))).toEqual([
    "create twilio:conversations:Service talks",
    "delete twilio:conversations:Service conversations",
  ]);
  const [kept, ...others] = ofService(
    await previewRecorded("support", { "infra/index.ts": renamed, "infra/renamed.ts": withRow }),
  );
  expect(kept).toMatch(/^same twilio:conversations:Service talks was urn:.*::conversations$/);
  expect(others).toEqual([]);
});
