/** What adopting writes: template and bindings, Functions, the stage file, Pulumi's import file. Pure but for `write`. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { sha256 } from "@support-line/stage/adopted-assets";
import { docs } from "../docs.ts";
import { CliError } from "../errors.ts";
import type { ExistingFile } from "./existing-file.ts";
import type { AdoptedLine } from "./read.ts";

/** A file in the checkout. */
export interface OwnFile {
  readonly path: string;
  readonly text: string | Uint8Array;
}

/** What stays of a stage file that was there: `twilio:authToken`, and the salt of what is encrypted. */
type Kept = Pick<ExistingFile, "config" | "besides">;

/**
 * Every file of an adopted line.
 *
 * @param project its name
 */
export function filesOf(project: string, line: AdoptedLine, kept: Kept): OwnFile[] {
  const { name, stage, template, functions } = line;
  const folder = functionsFolder(name);
  return [
    { path: `flow-templates/${name}.json`, text: `${JSON.stringify(template.template, null, 2)}\n` },
    ...(template.bindings === null
      ? []
      : [{ path: `flow-templates/${name}.bindings.ts`, text: template.bindings }]),
    ...(functions === null
      ? []
      : [
          ...functions.functions.map(({ file, code }) => ({ path: `${folder}/${file}`, text: code })),
          { path: `${folder}/package.json`, text: packageFile(line) },
          ...functions.assets.flatMap(({ taken }) =>
            taken === null ? [] : [{ path: `${assetsFolder(name)}/${taken.file}`, text: taken.content }],
          ),
        ]),
    { path: `Pulumi.${stage}.yaml`, text: stageFile(project, line, kept) },
    { path: importFileName(stage), text: `${JSON.stringify({ resources: importsOf(line) }, null, 2)}\n` },
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

/** What the stage file says, without the project's name; what is encrypted comes into it later. */
export function stageValues(line: AdoptedLine): Record<string, unknown> {
  const { accountSid, name, entry, configuration, number, functions } = line;
  const open = functions?.variables.filter(({ isSecret }) => !isSecret) ?? [];
  return {
    accountSid,
    lines: [{ name, channel: entry.channel, address: entry.address, flow: name }],
    // Pulumi wants the key to be there.
    agents: [],
    adopted: {
      answeredBy: entry.answeredBy,
      flow: { friendlyName: line.flow.friendlyName, status: line.flow.status },
      conversations: { friendlyName: line.conversations.friendlyName },
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
      ...(functions === null
        ? {}
        : {
            functions: {
              folder: name,
              uniqueName: functions.service.uniqueName,
              friendlyName: functions.service.friendlyName,
              includeCredentials: functions.service.includeCredentials,
              uiEditable: functions.service.uiEditable,
              environment: functions.environment.uniqueName,
              ...(functions.environment.domainSuffix === null
                ? {}
                : { domainSuffix: functions.environment.domainSuffix }),
              ...(functions.runtime === null ? {} : { runtime: functions.runtime }),
              dependencies: functions.dependencies,
              friendlyNames: Object.fromEntries(
                functions.functions
                  .filter(({ path, friendlyName }) => path !== friendlyName)
                  .map(({ path, friendlyName }) => [path, friendlyName]),
              ),
              assetVersions: functions.assets.flatMap(({ versionSid, taken }) =>
                taken === null ? versionSid : [],
              ),
              assets: Object.fromEntries(
                functions.assets.flatMap(({ path, versionSid, visibility, taken }) =>
                  taken === null
                    ? []
                    : [[path, { version: versionSid, visibility, sha256: sha256(taken.content) }]],
                ),
              ),
              variables: Object.fromEntries(open.map(({ key, value }) => [key, value])),
            },
          }),
    },
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
      ? "# adopted.answeredBy: webhook is the number's own SMS webhook; conversations switches it over, webhook back."
      : "# adopted.answeredBy: conversations is how the line is answered today.",
    "",
  ].join("\n");
}

interface Import {
  readonly type: string;
  readonly name: string;
  readonly id: string;
}

/** What `pulumi import --file` takes: every resource of the program (infra/adopted) under its name there. */
export function importsOf(line: AdoptedLine): Import[] {
  const { name, entry, configuration, number, functions } = line;
  const all: Import[] = [
    { type: "twilio:conversations:Service", name: "conversations", id: line.conversations.sid },
    { type: "twilio:studio:Flow", name, id: line.flow.sid },
  ];
  if (configuration !== null) {
    all.push({ type: "twilio:conversations:AddressConfiguration", name, id: configuration.sid });
  }
  if (entry.answeredBy === "webhook" && number !== null) {
    all.push({ type: "twilio:api:IncomingPhoneNumber", name, id: number.sid });
  }
  if (functions === null) return all;
  const service = functions.service.sid;
  const environment = `${service}/${functions.environment.sid}`;
  return [
    ...all,
    { type: "twilio:serverless:Service", name: "functions", id: service },
    { type: "twilio:serverless:Environment", name: "functions", id: environment },
    ...functions.variables.map(({ sid, key }) => ({
      type: "twilio:serverless:Variable",
      name: `functions-${key}`,
      id: `${environment}/${sid}`,
    })),
    ...functions.functions.map(({ sid, path }) => ({
      type: "twilio:serverless:Function",
      name: `functions-${path.slice(1)}`,
      id: `${service}/${sid}`,
    })),
    { type: "twilio:serverless:Build", name: "functions", id: `${service}/${functions.buildSid}` },
    {
      type: "twilio:serverless:Deployment",
      name: "functions",
      id: `${environment}/${functions.deploymentSid}`,
    },
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
    ({ path, text }) =>
      existsSync(join(root, path)) && !readFileSync(join(root, path)).equals(Buffer.from(text)),
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
