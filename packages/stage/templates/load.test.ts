import { bind, type FlowDefinition } from "@support-line/studio";
import { toTypeScript } from "@support-line/studio/typed";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { smallProject } from "../testing/projects.ts";
import { loadTemplate } from "./load.ts";

const place = mkdtempSync(join(tmpdir(), "flow-templates-"));
afterAll(() => rmSync(place, { recursive: true }));
const from = fileURLToPath(import.meta.resolve("@support-line/studio/typed"));

const own = (file: string) => join(smallProject.templatesFolder, file);
const supportJson = readFileSync(own("support.json"), "utf8");
const support = JSON.parse(supportJson) as FlowDefinition;
const written = (file: string, text: string) => writeFileSync(join(place, file), text);

/** Fills every widget that runs a Function; that of the stages is `support.bindings.ts`. */
const bindings = `const runs = ["add-support-agent"];
export default Object.fromEntries(
  runs.flatMap((widget) => [
    [widget + ".url", ({ base }) => base + "/" + widget],
    [widget + ".service_sid", ({ sid }) => sid("ZS")],
    [widget + ".environment_sid", ({ sid }) => sid("ZE")],
    [widget + ".function_sid", ({ sid }) => sid("ZH")],
  ]),
);
`;
const values = { base: "https://line-1.twil.io", sid: (prefix: string) => `${prefix}${"1".repeat(32)}` };

test("the same Flow as JSON and as code is the same definition, and is bound the same way", async () => {
  written("json.json", supportJson);
  written("typed.ts", toTypeScript(support, { from }));
  for (const name of ["json", "typed"]) written(`${name}.bindings.ts`, bindings);
  const json = await loadTemplate(place, "json");
  const typed = await loadTemplate(place, "typed");
  expect(typed.template).toStrictEqual(json.template);
  expect(json.template).toStrictEqual(support);
  const bound = [json, typed].map((each) => bind(each.template, each.bindings, values as never));
  expect(bound[1]).toStrictEqual(bound[0]);
  expect(bound[1]?.states["add-support-agent"]?.properties["url"]).toBe(
    "https://line-1.twil.io/add-support-agent",
  );
});

test("a template written as code gets places on the canvas where it has none", async () => {
  const states = [{ name: "bye", type: "send-message", transitions: [], properties: { body: "Bye" } }];
  written("bare.ts", toTypeScript({ initial_state: "bye", states }, { from }));
  const { template, bindings: none } = await loadTemplate(place, "bare");
  expect(template.states[0]?.properties).toEqual({ body: "Bye", offset: { x: 0, y: 0 } });
  expect(none).toEqual({});
});

test("a template that is there twice is refused, with both names", async () => {
  copyFileSync(own("support.json"), join(place, "twice.json"));
  written("twice.ts", toTypeScript(support, { from }));
  await expect(loadTemplate(place, "twice")).rejects.toThrow(
    "flow-templates has twice.json and twice.ts, and a template is one or the other",
  );
});

test("what is not there, or is no template, is named, with what there is", async () => {
  await expect(loadTemplate(smallProject.templatesFolder, "nothing")).rejects.toThrow(
    /no nothing\.json or nothing\.ts; it has .*\bsupport\.json.* Name one/,
  );
  written("words.ts", "export const words = 5;\n");
  await expect(loadTemplate(place, "words")).rejects.toThrow("flow-templates/words.ts is no template: ");
  written("broken.json", "{");
  await expect(loadTemplate(place, "broken")).rejects.toThrow("flow-templates/broken.json:1:2 is not JSON: ");
  written("number.ts", "export default 5;\n");
  await expect(loadTemplate(place, "number")).rejects.toThrow("has no Flow as its default export");
});
