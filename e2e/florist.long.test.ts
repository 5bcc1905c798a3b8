/** A stage's own Variables, on the florist's line: deployed with the real CLI, and where its Flow is talked to. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bodies, Florist } from "./projects/florist.ts";

let florist: Florist;
beforeAll(async () => {
  florist = await Florist.create();
});
afterAll(() => florist[Symbol.asyncDispose]());

test("a Variable of the shop's own shuts it", async () => {
  expect(await florist.up()).toMatchObject({ code: 0 });
  await florist.configure((text) =>
    text.replace(/^config:\n/m, 'config:\n  florist:variables: { SHUT: "yes" }\n'),
  );
  expect(await florist.up()).toMatchObject({ code: 0 });
  const customer = florist.somebody();
  await customer.says("+15550100001", "hello");
  expect(await bodies(customer)).toEqual(["Our shop is closed. We open at nine."]);
});

test("the Flow is talked to as the stage has it, with the stage's own Variables", async () => {
  const words = [
    "-c",
    `echo hello | "$0" "$@"`,
    process.execPath,
    join(process.cwd(), "packages/cli/studio.ts"),
  ];
  const run = ["run", "flow-templates/petals.json", "--stage", "local"];
  const said = await new Promise<string>((resolve) => {
    execFile("sh", [...words, ...run], { cwd: florist.project.folder }, (_, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
  expect(said).toContain("Our shop is closed. We open at nine.");
});
