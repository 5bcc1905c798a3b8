/** The other recorded states, and what a release does that calls a resource otherwise. */
import { expect, test } from "vitest";
import { isLeftAlone } from "./states/left-alone.ts";
import { previewRecorded, type PreviewOfRecorded } from "./states/recorded.ts";

for (const name of ["desk", "flex", "adopted"] as const) isLeftAlone(name);

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
