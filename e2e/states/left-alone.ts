/** The tests of a recorded state: today's program leaves it as it is. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { previewRecorded, recordedResources, type PreviewOfRecorded } from "./recorded.ts";

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
const recorded = {
  support: [newBuild],
  desk: [newBuild, unanswered("desk")],
  flex: [newBuild, unanswered("support")],
  adopted: [],
} satisfies Readonly<Record<string, readonly string[]>>;

/** Its tests; the real CLI previews it once. */
export function isLeftAlone(name: keyof typeof recorded): void {
  describe(`the recorded state ${name}`, () => {
    let preview: PreviewOfRecorded;
    beforeAll(async () => {
      preview = await previewRecorded(name);
    });

    test("is left as it is, but for what the changelog names", () => {
      const { changes } = preview;
      const why = changes.map(({ step, properties }) => [step, ...properties].join("\n  ")).join("\n");
      const told = changes.map(({ step, properties }) =>
        ofBuild.test([step, ...properties].join(" ").replace(ofFunctions, "")) ? newBuild : step,
      );
      expect([...new Set(told)].toSorted(), why).toEqual(recorded[name].toSorted());
    });

    test("has the types, names, parents and providers that the list has, and so has the program", async () => {
      const list = fileURLToPath(new URL(`${name}/resources.txt`, import.meta.url));
      const lines = (await readFile(list, "utf8")).trimEnd().split("\n");
      expect(await recordedResources(name)).toEqual(lines);
      expect(preview.resources).toEqual(lines);
    });
  });
}
