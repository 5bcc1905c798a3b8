/**
 * The florist of `e2e/projects` as a line that was made by hand: its Flow in Studio's editor, its Functions as `twilio-run` deploys
 * them. There, a Function cannot take a file beside it along: the helper is a private Function, found by `Runtime`. What is
 * TypeScript has been built before.
 */
import { readFunctions } from "@support-line/functions-runtime/sources";
import { openProject, stageVariables } from "@support-line/stage";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Twilio } from "twilio";
import { functionAt } from "./foreign-account.ts";

const helper = 'require(Runtime.getFunctions()["shared/answers"].path)';

/** How a Function that the project bundles is written for `twilio-run`. */
const rewritten: readonly (readonly [RegExp, string])[] = [
  [/require\("\.\/shared\/answers"\)/, helper],
  [/^import (\{.*\}) from "\.\/shared\/answers\.js";$/m, `const $1 = ${helper};`],
  [/^import (\{.*\}) from "(\w+)";$/m, 'const $1 = require("$2");'],
  [/^export const handler =/m, "exports.handler ="],
];
const handWritten = ["opening", "order-status", "care-tip"].map((name) => `functions/${name}.protected.js`);

/**
 * Its files, for `deployedProject`.
 *
 * @param folder of the florist's project
 * @param conversationsServiceSid where its Flow is to answer
 */
export async function floristByHand(
  folder: string,
  conversationsServiceSid: string,
): Promise<Record<string, string | Uint8Array>> {
  const text = (file: string) => readFile(join(folder, file), "utf8");
  const written = handWritten.map(async (file) => {
    const code = rewritten.reduce((each, [was, is]) => each.replace(was, is), await text(file));
    return [file, code] as const;
  });
  const [built] = await readFunctions(join(folder, "functions"), new Set(["call-florist"]));
  const { dependencies } = JSON.parse(await text("package.json")) as { dependencies: Record<string, string> };
  const variables = Object.entries(stageVariables(openProject(folder).stage("local")));
  return {
    ...Object.fromEntries(await Promise.all(written)),
    "functions/call-florist.protected.js": built?.code ?? "",
    "functions/shared/answers.private.js": await text("functions/shared/answers.js"),
    "assets/orders.private.json": await text("assets/orders.private.json"),
    "assets/bouquets.png": await readFile(join(folder, "assets/bouquets.png")),
    "package.json": JSON.stringify({
      name: "petals",
      version: "0.0.0",
      private: true,
      dependencies: { ...dependencies, "@twilio/runtime-handler": "2.1.0" },
    }),
    ".env": [
      ...variables,
      ["CONVERSATIONS_SERVICE_SID", conversationsServiceSid],
      ["SHOP_TOKEN", "petals-and-thorns"],
    ]
      .filter(([, value]) => value !== "")
      .map(([key, value]) => `${key}='${value}'\n`)
      .join(""),
  };
}

/** Its Flow as the editor has it, calling the Functions and the picture that were deployed. */
export async function floristFlow(client: Twilio, folder: string): Promise<object> {
  const text = await readFile(join(folder, "flow-templates/petals.json"), "utf8");
  const { states, ...flow } = JSON.parse(text) as {
    states: { properties: { url?: string; [property: string]: unknown } }[];
  };
  const { url: one } = await functionAt(client, "/opening", "petals");
  const here = (url: string) => url.replace("petals-4821-dev.twil.io", new URL(one).host);
  const bound = states.map(async (state) => {
    const { url, media_url: media } = state.properties;
    if (typeof media === "string") {
      return { ...state, properties: { ...state.properties, media_url: here(media) } };
    }
    if (url?.startsWith("https://petals-4821-dev.twil.io/") !== true) return state;
    const place = await functionAt(client, new URL(url).pathname, "petals");
    const sids = {
      service_sid: place.serviceSid,
      environment_sid: place.environmentSid,
      function_sid: place.functionSid,
    };
    return { ...state, properties: { ...state.properties, ...sids, url: place.url } };
  });
  return { ...flow, states: await Promise.all(bound) };
}
