/** One file that is no Flow any more keeps none of the commands from the others. */
import { expect, test } from "vitest";
import { convert } from "./convert-command.ts";
import { diffPaths } from "./diff-command.ts";
import { draw } from "./draw-command.ts";
import { readFlow } from "./flow-files.ts";
import { folderOf, small } from "./testing/folder.ts";

const noWidget = { ...small(), states: [5] };
const of2018 = {
  description: "A New Flow",
  states: [
    {
      type: "InitialState",
      name: "Trigger",
      properties: { offset: { x: 0, y: 0 }, flow_url: "https://webhooks.twilio.com/v1/Accounts/AC/Flows/FW" },
      transitions: [{ event: "incomingMessage", conditions: [], next: null, uuid: "1" }],
    },
  ],
};
const files = {
  "a.json": small(),
  "broken.json": "{",
  "none.json": noWidget,
  "old.json": of2018,
  "z.json": small(),
};

/** What a command says of files that it cannot take, and whom it is said of. */
function telling() {
  const told: string[] = [];
  return { told, failed: (_: Error, path: string): void => void told.push(path.split("/").at(-1) ?? "") };
}

test.each([
  [
    "draw",
    (paths: string[], failed: ReturnType<typeof telling>["failed"], out: string) =>
      draw(paths, { format: "mermaid", theme: "light", out }, failed),
  ],
  [
    "convert",
    (paths: string[], failed: ReturnType<typeof telling>["failed"], out: string) =>
      convert(paths, out, failed),
  ],
])("%s takes the two that are Flows and names the three that are not", async (_, act) => {
  const folder = folderOf(files);
  const { told, failed } = telling();
  const made = await act([folder()], failed, folder("out"));
  expect(made.map(({ path }) => path)).toEqual([folder("a.json"), folder("z.json")]);
  expect(told).toEqual(["broken.json", "old.json", "none.json"]);
});

test("diff compares the others, and says nothing of a Flow that cannot be read on one side", async () => {
  const [before, after] = [folderOf(files), folderOf({ ...files, "broken.json": small(), "z.json": "{" })];
  const { told, failed } = telling();
  expect(await diffPaths(before(), after(), failed)).toEqual([{ flow: "a", state: "same", changes: [] }]);
  expect([...new Set(told)].sort()).toEqual(["broken.json", "none.json", "old.json", "z.json"]);
});

test("the format of 2018 is named as such", async () => {
  await expect(readFlow(folderOf(files)("old.json"))).rejects.toThrow(
    /old\.json is a Flow in the format that Studio exported in 2018, .* import it into Studio's editor/,
  );
});
