/**
 * What pages repeat from code, made from it: each part stands on its page between `<!-- made: <name> -->` and
 * `<!-- /made -->`.
 */
import { blockFunctions, blocks, type BlockFunction } from "@support-line/functions/blocks";
import { adviceRules } from "@support-line/studio/advice";
import { cliErrors } from "../../packages/cli/errors.ts";
import { knownCodes, layerNames, meaningOf } from "../../packages/cli/night/codes.ts";
import { conversationErrors } from "../../packages/conversation-test/errors.ts";
import { createErrors } from "../../packages/create/errors.ts";
import { functionsErrors } from "../../packages/functions-runtime/errors.ts";
import { bodies } from "../../packages/local-twilio/control/bodies.ts";
import { controlRoutes, type ControlRoute } from "../../packages/local-twilio/control/routes.ts";
import { switches } from "../../packages/local-twilio/switches.ts";
import { addressesOfTheirChannel, agentsHaveOwnPhones } from "../../packages/policy/rules/addresses.ts";
import { keptResources } from "../../packages/policy/rules/kept-resources.ts";
import { protectedFunctions } from "../../packages/policy/rules/protected-functions.ts";
import { secretVariables } from "../../packages/policy/rules/secret-variables.ts";
import { soundFlows } from "../../packages/policy/rules/sound-flows.ts";
import {
  configurationFields,
  switchableVariables,
} from "../../packages/provider/configuration/configuration.ts";
import { proofErrors } from "../../packages/proof/errors.ts";
import { errors as providerErrors } from "../../packages/provider/errors.ts";
import { adoptedLinesStageSchema, adoptedStageSchema } from "../../packages/stage/adopted/stage-schema.ts";
import { stageSchema } from "../../packages/stage/stage-schema.ts";
import { studioErrors } from "../../packages/studio/errors.ts";
import { commandHelps } from "./commands.ts";
import { jsonSchemaOf, shapeText, type JsonSchema } from "./shape.ts";

/** By name, each as Markdown. */
export const made: Readonly<Record<string, (root: string) => string | Promise<string>>> = {
  commands,
  "stage-keys": stageKeys,
  "provider-settings": providerSettings,
  "control-routes": () => controlRoutes.map(({ about, routes }) => routeGroup(about, routes)).join("\n\n"),
  switches: () =>
    Object.entries(switches)
      .map(([name, { positions, default: usual, why }]) => {
        const words = positions.map((each) => `\`${String(each)}\``).join(", ");
        return `### ${name}\n\n${why}\n\nPositions: ${words}. Default: \`${String(usual)}\`.`;
      })
      .join("\n\n"),
  advice: () =>
    [
      "| code | finds | because | usually |",
      "| --- | --- | --- | --- |",
      ...adviceRules.map(
        ({ code, finds, because, severity }) => `| \`${code}\` | ${finds} | ${because} | ${severity} |`,
      ),
    ].join("\n"),
  blocks: () => [blockList(), ...Object.entries(blockFunctions).map(blockFunction)].join("\n\n"),
  policies: () =>
    [
      protectedFunctions,
      addressesOfTheirChannel,
      agentsHaveOwnPhones,
      soundFlows,
      keptResources,
      secretVariables,
    ]
      .map(({ name, description }) => `### ${name}\n\n${description}`)
      .join("\n\n"),
  codes: () =>
    knownCodes
      .map((code) => {
        const { layer, meaning, wayOut } = meaningOf(code);
        return `### ${code}\n\n${meaning} Look at ${layerNames[layer]}. ${wayOut}`;
      })
      .join("\n\n"),
  errors,
};

async function commands(root: string): Promise<string> {
  const groups = await commandHelps(root);
  return groups
    .map(({ program, commands: all }) =>
      [
        `## ${program}`,
        ...all.map(({ name, help }) => `### ${name.replace(/ --$/, "")}\n\n\`\`\`text\n${help}\n\`\`\``),
      ].join("\n\n"),
    )
    .join("\n\n");
}

/** A key, what is below it indented. */
function keyLines(name: string, schema: JsonSchema, depth: number): string[] {
  const inner = schema.items ?? valuesOf(schema) ?? schema;
  // A language's texts are those of the key of that name.
  const isAbove = name === "wordings" && depth > 0;
  const below = isAbove ? [] : Object.entries(inner.properties ?? {});
  const list = schema.items === undefined ? (inner === schema ? "" : ".<name>") : "[]";
  const usual = schema.default;
  const isPlain = ["string", "number", "boolean"].includes(typeof usual) && usual !== "";
  const words = inner.enum ?? schema.anyOf?.flatMap((each) => each.enum ?? []) ?? [];
  const said = [
    schema.description ?? "",
    words.length === 0 ? "" : `One of ${words.map((word) => `\`${String(word)}\``).join(", ")}.`,
    isPlain ? `Default: \`${String(usual)}\`.` : "",
  ].filter((text) => text !== "");
  return [
    `${"  ".repeat(depth)}- \`${name}${list}\`: ${said.join(" ")}`,
    ...below.flatMap(([key, value]) => keyLines(key, value, depth + 1)),
  ];
}

/** What a map holds by names of people's own, where that has keys of its own. */
function valuesOf({ additionalProperties: values }: JsonSchema): JsonSchema | undefined {
  return typeof values === "object" && values.properties !== undefined ? values : undefined;
}

function stageKeys(): string {
  // The schemas of an adopted stage loosen keys of the other one, and drop what they say.
  const adopted = jsonSchemaOf(adoptedStageSchema).properties?.["adopted"] ?? {};
  const several = jsonSchemaOf(adoptedLinesStageSchema).properties?.["adopted"] ?? {};
  const properties = {
    ...jsonSchemaOf(stageSchema).properties,
    adopted,
    "adopted, of several lines": several,
  };
  return Object.entries(properties)
    .map(([name, schema]) => {
      const [first = "", ...below] = keyLines(name, schema, 0);
      const text = first.replace(/^- `[^`]+`: /, "");
      const keys = below.map((line) => line.slice(2)).join("\n");
      return `### ${name}\n\n${text}${keys === "" ? "" : `\n\n${keys}`}`;
    })
    .join("\n\n");
}

function providerSettings(): string {
  return configurationFields
    .map(({ name, secret, description }) => {
      const variable = switchableVariables[name];
      const also = variable === undefined ? "" : ` For one command: \`${variable}\`.`;
      return `### ${name}\n\n${description ?? ""}${secret === true ? " Secret." : ""}${also}`;
    })
    .join("\n\n");
}

function routeGroup(about: string, routes: readonly ControlRoute[]): string {
  const lines = routes.map(({ method, path, body, query, does }) => {
    const route = `${method} ${path.slice(1).replaceAll(/:(\w+)/g, "{$1}")}${query === undefined ? "" : `?${query.join("&")}`}`;
    const shape = body === undefined || body === "nothing" ? "" : shapeText(jsonSchemaOf(bodies[body]));
    const takes = body === "switches" ? "{<switch>: <position>}" : body === "seed" ? seedShape() : shape;
    return `- **\`${route}\`** ${does}${takes === "" ? "" : `\n\n  \`\`\`text\n  ${takes}\n  \`\`\`\n`}`;
  });
  return `### ${about}\n\n${lines.join("\n")}`;
}

/** Without the positions of each switch, which have a page of their own. */
function seedShape(): string {
  const { properties = {}, ...rest } = jsonSchemaOf(bodies.seed);
  const others = Object.entries(properties).filter(([name]) => name !== "switches");
  return shapeText({ ...rest, properties: Object.fromEntries(others) })
    .replace(/^\{/, "{\n    ")
    .replaceAll(/\], (?=\w+\?: \[)/g, "],\n    ")
    .replace(/\}$/, ",\n    switches?: {<switch>: <position>}\n  }");
}

/** Every refusal that has a text of its own, by who says it. */
function errors(): string {
  const groups: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
    ["Commands", Object.entries(cliErrors).map(([code, { text }]) => [code, text])],
    ["The provider", Object.entries(providerErrors).map(([code, { message }]) => [code, message])],
    ["npm create support-line", Object.entries(createErrors)],
    ["Flows", Object.entries(studioErrors)],
    ["Functions", Object.entries(functionsErrors).map(([code, { template }]) => [code, template])],
    ["Conversation tests", Object.entries(conversationErrors).map(([code, { text }]) => [code, text])],
    ["The proof", Object.entries(proofErrors).map(([code, { text }]) => [code, text])],
  ];
  return groups
    .map(([who, rows]) => {
      const own = rows.filter(([, text]) => !/^\s*\{\w+\}\s*$/.test(text));
      const lines = own.map(([code, text]) => `### ${code}\n\n\`\`\`text\n${text}\n\`\`\``);
      return `## ${who}\n\n${lines.join("\n\n")}`;
    })
    .join("\n\n");
}

function blockList(): string {
  return blocks
    .map(({ name, about, functions, keys, after }) => {
      const run = functions.map((each) => `\`${each}\``).join(", ");
      const stage =
        keys.length === 0
          ? ""
          : ` It needs ${keys.map((key) => `\`${key}\``).join(" and ")} in the stage file.`;
      const wanted = after === undefined ? stage : `${stage} It comes after the block \`${after}\`.`;
      return `- **\`${name}\`**: ${about}\n  It runs ${run}.${wanted}`;
    })
    .join("\n");
}

/** A Function of blocks: what it is told, and what it answers. */
function blockFunction([name, { about, parameters, answers }]: [string, BlockFunction]): string {
  const rows = (kind: string, all: Readonly<Record<string, string>>) =>
    Object.entries(all).map(([key, what]) => `| ${kind} | \`${key}\` | ${what} |`);
  return [
    `## ${name}`,
    "",
    about,
    "",
    "| | name | what |",
    "| --- | --- | --- |",
    ...rows("told", parameters),
    ...rows("answers", answers),
  ].join("\n");
}
