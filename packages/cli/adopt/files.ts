/** What adopting writes: template and bindings, Functions, the stage file, Pulumi's import file. Pure but for `write`. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { sha256 } from "@support-line/stage/adopted-assets";
import { nameOfPart } from "@support-line/stage";
import { docs } from "../docs.ts";
import { CliError } from "../errors.ts";
import type { ExistingFile } from "./existing-file.ts";
import type { DeployedFunctions } from "./functions.ts";
import type { AdoptedLine } from "./read.ts";
import { withLine } from "./stage-file.ts";

/** A file in the checkout. */
export interface OwnFile {
  readonly path: string;
  readonly text: string | Uint8Array;
  /** Whether it has all that was there, and more. */
  readonly isAdded?: boolean;
}

/** What stays of a stage file that was there: `twilio:authToken`, and the salt of what is encrypted. */
type Kept = Pick<ExistingFile, "config" | "besides">;

/**
 * Every file of an adopted line.
 *
 * @param project its name
 * @param imports what the import file is to hold; empty: nothing is to be imported
 */
export function filesOf(
  project: string,
  line: AdoptedLine,
  kept: Kept,
  imports: readonly Import[],
): OwnFile[] {
  const { name, stage, template, functions, joins } = line;
  const folder = functionsFolder(name);
  return [
    { path: `flow-templates/${name}.json`, text: `${JSON.stringify(template.template, null, 2)}\n` },
    ...(template.bindings === null
      ? []
      : [{ path: `flow-templates/${name}.bindings.ts`, text: template.bindings }]),
    ...(functions === null || line.services.functions?.isShared === true
      ? []
      : [
          ...functions.functions.map(({ file, code }) => ({ path: `${folder}/${file}`, text: code })),
          { path: `${folder}/package.json`, text: packageFile(line) },
          ...functions.assets.flatMap(({ taken }) =>
            taken === null ? [] : [{ path: `${assetsFolder(name)}/${taken.file}`, text: taken.content }],
          ),
        ]),
    joins === null
      ? { path: `Pulumi.${stage}.yaml`, text: stageFile(project, line, kept) }
      : {
          path: `Pulumi.${stage}.yaml`,
          text: withLine(joins.file, project, lineValues(line)),
          isAdded: true,
        },
    ...(imports.length === 0
      ? []
      : [
          {
            path: importFileName(stage),
            text: `${JSON.stringify({ resources: imports }, null, 2)}\n`,
            isAdded: joins !== null,
          },
        ]),
  ];
}

/** Where the Functions of an adopted line are kept. */
export function functionsFolder(name: string): string {
  return `functions/adopted/${name}`;
}

/** Where its Assets are kept. */
export function assetsFolder(name: string): string {
  return `assets/adopted/${name}`;
}

/** Pulumi's import file of a stage. */
export function importFileName(stage: string): string {
  return `Pulumi.${stage}.import.json`;
}

/** So that editors, tests and `twilio-run` take the folder for what it is: CommonJS with these packages. */
function packageFile({ name, functions }: AdoptedLine): string {
  const dependencies = functions?.dependencies ?? {};
  return `${JSON.stringify({ name, version: "0.0.0", private: true, type: "commonjs", dependencies }, null, 2)}\n`;
}

/** What a stage file says of a line, by who else may share it. */
export interface LineValues {
  readonly line: {
    readonly name: string;
    readonly channel: string;
    readonly address: string;
    readonly flow: string;
  };
  /** How it stands at Twilio. */
  readonly described: Readonly<Record<string, unknown>>;
  /** Services by their names in the stack; without values where another line has described it. */
  readonly conversations: { readonly name: string; readonly values: object | null };
  readonly functions: { readonly name: string; readonly values: object | null } | null;
}

/** What the file of a stage with several lines says of one of them; what is encrypted comes into it later. */
export function lineValues(line: AdoptedLine): LineValues {
  const { name, entry, functions, services } = line;
  return {
    line: { name, channel: entry.channel, address: entry.address, flow: name },
    described: {
      ...describedValues(line),
      conversations: services.conversations.name,
      ...(services.functions === null ? {} : { functions: services.functions.name }),
    },
    conversations: {
      name: services.conversations.name,
      values: services.conversations.isShared ? null : { friendlyName: line.conversations.friendlyName },
    },
    functions:
      services.functions === null || functions === null
        ? null
        : {
            name: services.functions.name,
            values: services.functions.isShared ? null : functionsValues(name, functions),
          },
  };
}

/** What the file of a stage with this line alone says, without the project's name. */
export function stageValues(line: AdoptedLine): Record<string, unknown> {
  const { accountSid, name, entry, functions } = line;
  return {
    accountSid,
    lines: [{ name, channel: entry.channel, address: entry.address, flow: name }],
    // Pulumi wants the key to be there.
    agents: [],
    adopted: {
      ...describedValues(line),
      conversations: { friendlyName: line.conversations.friendlyName },
      ...(functions === null ? {} : { functions: functionsValues(name, functions) }),
    },
  };
}

function describedValues({ entry, flow, configuration, number }: AdoptedLine): Record<string, unknown> {
  return {
    answeredBy: entry.answeredBy,
    flow: { friendlyName: flow.friendlyName, status: flow.status },
    ...(configuration === null
      ? {}
      : {
          address: {
            ...(configuration.friendlyName === null ? {} : { friendlyName: configuration.friendlyName }),
            ...(configuration.retryCount === null ? {} : { retryCount: configuration.retryCount }),
          },
        }),
    ...(entry.answeredBy === "conversations" || number === null
      ? {}
      : {
          number: {
            ...(number.smsMethod === "" ? {} : { smsMethod: number.smsMethod }),
            ...(number.smsFallbackUrl === "" ? {} : { smsFallbackUrl: number.smsFallbackUrl }),
          },
        }),
  };
}

function functionsValues(folder: string, functions: DeployedFunctions): Record<string, unknown> {
  const { service, environment, runtime, dependencies, assets, variables } = functions;
  return {
    folder,
    uniqueName: service.uniqueName,
    friendlyName: service.friendlyName,
    includeCredentials: service.includeCredentials,
    uiEditable: service.uiEditable,
    environment: environment.uniqueName,
    ...(environment.domainSuffix === null ? {} : { domainSuffix: environment.domainSuffix }),
    ...(runtime === null ? {} : { runtime }),
    dependencies,
    friendlyNames: Object.fromEntries(
      functions.functions
        .filter(({ path, friendlyName }) => path !== friendlyName)
        .map(({ path, friendlyName }) => [path, friendlyName]),
    ),
    assetVersions: assets.flatMap(({ versionSid, taken }) => (taken === null ? versionSid : [])),
    assets: Object.fromEntries(
      assets.flatMap(({ path, versionSid, visibility, taken }) =>
        taken === null ? [] : [[path, { version: versionSid, visibility, sha256: sha256(taken.content) }]],
      ),
    ),
    variables: Object.fromEntries(
      variables.filter(({ isSecret }) => !isSecret).map(({ key, value }) => [key, value]),
    ),
  };
}

function stageFile(project: string, line: AdoptedLine, kept: Kept): string {
  const { accountSid, endpoint, entry } = line;
  const config = {
    "twilio:accountSid": accountSid,
    "twilio:phoneNumbers": [entry.address],
    ...(endpoint === "" ? {} : { "twilio:endpoint": endpoint }),
    ...kept.config,
    ...Object.fromEntries(
      Object.entries(stageValues(line)).map(([key, value]) => [`${project}:${key}`, value]),
    ),
  };
  return `${stageComment(line)}${stringify({ ...kept.besides, config }, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}

function stageComment({ stage, entry }: AdoptedLine): string {
  return [
    `# Stage ${stage}: a line that was there before, as \`npm run stage -- adopt ${stage}\` read it. What is called`,
    `# something at Twilio keeps its name. What each key does: ${docs}/how-to/adopting.md`,
    entry.answeredBy === "webhook"
      ? "# answeredBy: webhook is the number's own SMS webhook; conversations switches it over, webhook back."
      : "# answeredBy: conversations is how the line is answered today.",
    "",
  ].join("\n");
}

/** What `pulumi import` is told of a resource. */
export interface Import {
  readonly type: string;
  readonly name: string;
  readonly id: string;
}

/** What `pulumi import --file` takes: every resource of the program (infra/adopted) under its name there. */
export function importsOf(line: AdoptedLine): Import[] {
  const { name, entry, configuration, number, functions, services } = line;
  const all: Import[] = [
    ...(services.conversations.isShared
      ? []
      : [
          {
            type: "twilio:conversations:Service",
            name: services.conversations.name,
            id: line.conversations.sid,
          },
        ]),
    { type: "twilio:studio:Flow", name, id: line.flow.sid },
  ];
  if (configuration !== null) {
    all.push({ type: "twilio:conversations:AddressConfiguration", name, id: configuration.sid });
  }
  if (entry.answeredBy === "webhook" && number !== null) {
    all.push({ type: "twilio:api:IncomingPhoneNumber", name, id: number.sid });
  }
  if (functions === null || services.functions === null || services.functions.isShared) return all;
  const own = services.functions.name;
  const service = functions.service.sid;
  const environment = `${service}/${functions.environment.sid}`;
  const of = (type: string, id: string, called = own) => ({
    type: `twilio:serverless:${type}`,
    name: called,
    id,
  });
  return [
    ...all,
    of("Service", service),
    of("Environment", environment),
    ...functions.variables.map(({ sid, key }) =>
      of("Variable", `${environment}/${sid}`, nameOfPart(own, key)),
    ),
    ...functions.functions.map(({ sid, path }) =>
      of("Function", `${service}/${sid}`, nameOfPart(own, path.slice(1))),
    ),
    of("Build", `${service}/${functions.buildSid}`),
    of("Deployment", `${environment}/${functions.deploymentSid}`),
  ];
}

/**
 * Writes files into the checkout, all of them or none.
 *
 * @param folders that hold nothing but what is written, so that a Function that is gone is not deployed again
 * @throws CliError `files-in-the-way` naming every file that says something else
 */
export function write(
  root: string,
  files: readonly OwnFile[],
  folders: readonly string[],
  isForced: boolean,
): void {
  // A template of the same name that is written as code would be a second one.
  const asCode = files
    .map(({ path }) => path.replace(/^(flow-templates\/[^.]+)\.json$/, "$1.ts"))
    .filter((path, at) => path !== files[at]?.path && existsSync(join(root, path)));
  if (asCode.length > 0) throw new CliError("files-in-the-way", { files: asCode.join(", ") });
  const inTheWay = files.filter(
    ({ path, text, isAdded = false }) =>
      !isAdded && existsSync(join(root, path)) && !readFileSync(join(root, path)).equals(Buffer.from(text)),
  );
  if (inTheWay.length > 0 && !isForced) {
    throw new CliError("files-in-the-way", { files: inTheWay.map(({ path }) => path).join(", ") });
  }
  for (const folder of isForced ? folders : []) rmSync(join(root, folder), { recursive: true, force: true });
  for (const { path, text } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
