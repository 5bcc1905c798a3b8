/** The provider and `npx pulumi` import nothing of one another: both must know where the journal of creates is. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { openCreates } from "../packages/cli/pulumi/journal.ts";
import { journalFolder, journalRoot } from "../packages/provider/journal/folder.ts";

const root = mkdtempSync(join(tmpdir(), "journal place-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const backend = pathToFileURL(join(root, "state of ours")).href;
const places: readonly [string, NodeJS.ProcessEnv, string | undefined][] = [
  ["beside the state", { PULUMI_BACKEND_URL: backend }, undefined],
  [
    "beside the state, with options of the backend",
    { PULUMI_BACKEND_URL: `${backend}?no_tmp_dir=true` },
    undefined,
  ],
  ["in Pulumi's home", { PULUMI_BACKEND_URL: "s3://states", PULUMI_HOME: join(root, "home") }, undefined],
  ["where the stage says", { PULUMI_BACKEND_URL: backend }, join(root, "configured")],
];

test.each(places)("a create that the provider wrote down is found: %s", (_, environment, configured) => {
  for (const [project, stage] of [
    ["line", "dev"],
    [".our line", "prod-eu"],
  ] as const) {
    const urn = `urn:pulumi:${stage}::${project}::twilio:studio:Flow::support`;
    const folder = journalFolder(journalRoot(configured, environment), { urn, accountSid: "AC1", place: {} });
    const found = () => openCreates({ project, stage, configured: configured ?? null, environment });
    const before = found().length;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${String(before)}.json`), "{}");
    expect(found()).toHaveLength(before + 1);
  }
});
