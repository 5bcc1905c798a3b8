/** An account with Flex has a Workspace already: it is taken over, and nothing of it changes but who is told. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TestStage } from "../stage.ts";
import { endingsStage } from "./endings.ts";

test("Flex's own Workspace gets the event callback, and keeps its name and Activities", async () => {
  await using stage = await TestStage.create();
  const folder = await mkdtemp(join(tmpdir(), "support-line-"));
  const file = join(folder, "import.json");
  try {
    const { sid } = await stage.client.taskrouter.v1.workspaces.create({
      friendlyName: "Flex Task Assignment",
      multiTaskEnabled: true,
    });
    await stage.configure(endingsStage);
    const preview = await stage.pulumi("preview", "--non-interactive", "--import-file", file);
    expect(preview).toMatchObject({ code: 0 });
    const written = JSON.parse(await readFile(file, "utf8")) as {
      readonly resources: readonly { readonly type: string }[];
    };
    const kept = ["pulumi:providers:twilio", "support-line:index:FlexHandOver"];
    const resources = [
      ...written.resources.filter(({ type }) => kept.includes(type)),
      {
        type: "twilio:taskrouter:Workspace",
        name: "flexWorkspace",
        logicalName: "flex",
        id: sid,
        parent: "flex",
        provider: "twilio",
      },
    ];
    await writeFile(file, JSON.stringify({ ...written, resources }));
    const words = ["--file", file, "--generate-code=false", "--yes", "--non-interactive"];
    const imported = await stage.pulumi("import", ...words);
    expect(imported.code, imported.stdout + imported.stderr).toBe(0);
    const steps = await stage.preview();
    const step = steps.find(({ urn }) => urn.endsWith("Workspace::flex"));
    expect({ op: step?.op, changed: Object.keys(step?.detailedDiff ?? {}).sort() }).toEqual({
      op: "update",
      changed: ["eventCallbackUrl", "eventsFilter"],
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
