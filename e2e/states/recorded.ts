/** A recorded state, served and previewed: the local Twilio that belongs to it, the state in a backend of its own, the real CLI. */
import { startLocalTwilio } from "@support-line/local-twilio";
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { ProjectCopy } from "../project-copy.ts";

/** Stands in a recorded state for wherever the local Twilio listens. */
export const anywhere = "http://127.0.0.1:4010";
/** Encrypts the secrets of recorded stages other than `local`, none of which is one. */
export const passphrase = "of a recorded state";

const root = process.cwd();
const folderOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** A resource as a state has it, and as a preview says it. */
interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly parent?: string;
  readonly provider?: string;
}

/** An event of the engine, as `pulumi preview --json` streams it: what happens to one resource. */
interface Event {
  readonly resourcePreEvent?: {
    readonly metadata: {
      readonly op: string;
      readonly urn: string;
      readonly old?: Resource | null;
      readonly new?: Resource | null;
      readonly detailedDiff?: Readonly<Record<string, unknown>> | null;
    };
  };
}
type Step = NonNullable<Event["resourcePreEvent"]>["metadata"];

export interface PreviewOfRecorded {
  /** Every step but those that change nothing: `update twilio:studio:Flow support`, and of what it changes. */
  readonly changes: readonly { readonly step: string; readonly properties: readonly string[] }[];
  /** What the program declares, a line each as `resourceLines` writes them. */
  readonly resources: readonly string[];
}

/** The stage of a recorded state: `dev`. */
async function stageOf(name: string): Promise<string> {
  const [, stage] = /^Pulumi\.(.*)\.yaml$/m.exec((await readdir(folderOf(name))).join("\n")) ?? [];
  if (stage === undefined) throw new Error(`${folderOf(name)} has no stage file`);
  return stage;
}

/** The checkpoint of a recorded state, as Pulumi's file backend keeps it. */
async function checkpointOf(name: string): Promise<string> {
  return gunzipSync(await readFile(join(folderOf(name), "stack.json.gz"))).toString();
}

/** What hangs on the names in a state, a line a resource: type, name, parent, provider. Sorted. */
export function resourceLines(resources: readonly Resource[]): string[] {
  const named = (urn: string) => urn.split("::").slice(2);
  return resources
    .map(({ urn, parent = "", provider = "" }) =>
      [
        named(urn).join(" "),
        ...(parent === "" ? [] : ["in", ...named(parent)]),
        ...(provider === "" ? [] : ["by", providerName(provider)]),
      ].join(" "),
    )
    .toSorted();
}

/** After the URN of a provider stands its id, another in every stack; one of Pulumi's own making is named by its version. */
function providerName(reference: string): string {
  return (reference.split("::")[3] ?? "").replace(/^default(_.*)?$/, "default");
}

/** What a recorded state has, as `resourceLines`. */
export async function recordedResources(name: string): Promise<string[]> {
  return declared(
    (JSON.parse(await checkpointOf(name)) as { checkpoint: { latest: { resources: Resource[] } } }).checkpoint
      .latest.resources,
  );
}

/** Without the providers that Pulumi makes by itself: a preview does not tell them. */
function declared(resources: readonly Resource[]): string[] {
  const isDefault = ({ urn }: Resource) => /::pulumi:providers:\w+::default(_|$)/.test(urn);
  return resourceLines(resources.filter((resource) => !isDefault(resource)));
}

/** Other words in files of the project, by path. */
export type Edits = Readonly<Record<string, (text: string) => string>>;

/**
 * Previews today's program on a recorded state.
 *
 * @param edits what the program has otherwise
 * @throws Error with what the CLI printed, when the preview fails
 */
export async function previewRecorded(name: string, edits: Edits = {}): Promise<PreviewOfRecorded> {
  const [stage, from] = [await stageOf(name), folderOf(name)];
  const folder = await mkdtemp(join(tmpdir(), "recorded-"));
  await mkdir(join(folder, "twilio"));
  await writeFile(
    join(folder, "twilio", "twilio.sqlite"),
    gunzipSync(await readFile(join(from, "twilio.sqlite.gz"))),
  );
  const twilio = await startLocalTwilio({ folder: join(folder, "twilio"), port: 0 });
  try {
    const here = (text: string) => text.replaceAll(anywhere, twilio.endpoint);
    const file = `Pulumi.${stage}.yaml`;
    await writeFile(join(folder, file), here(await readFile(join(from, file), "utf8")));
    const stacks = join(folder, "state", ".pulumi", "stacks", "support-line");
    await mkdir(stacks, { recursive: true });
    await writeFile(join(stacks, `${stage}.json`), here(await checkpointOf(name)));
    await using project = await projectOf(name, edits);
    const words = [
      "preview",
      "--json",
      "--non-interactive",
      "-s",
      stage,
      "--config-file",
      join(folder, file),
    ];
    const output = await run(project.folder, words, {
      PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: passphrase,
      // Every step is told, also those that change nothing.
      PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true",
      TWILIO_ACCOUNT_SID: twilio.accountSid,
      TWILIO_AUTH_TOKEN: twilio.authToken,
    });
    const events = output
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Event);
    const steps = events.flatMap(({ resourcePreEvent }) => resourcePreEvent?.metadata ?? []);
    return {
      changes: steps.filter(({ op, old, urn }) => op !== "same" || old?.urn !== urn).map(changeOf),
      // A resource that is replaced is told more than once.
      resources: [...new Set(declared(steps.flatMap((step) => step.new ?? [])))],
    };
  } finally {
    await twilio.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function changeOf({ op, urn, old, detailedDiff }: Step): PreviewOfRecorded["changes"][number] {
  const words = [op, ...urn.split("::").slice(2)];
  // An alias: the same thing under another name.
  const alias = op === "same" && old !== null && old !== undefined ? [`was ${old.urn}`] : [];
  return { step: [...words, ...alias].join(" "), properties: Object.keys(detailedDiff ?? {}).toSorted() };
}

/** The project that a recorded state is previewed in: this checkout, or a copy with the files of the state's own. */
async function projectOf(name: string, edits: Edits): Promise<{ readonly folder: string } & AsyncDisposable> {
  const own = join(folderOf(name), "project");
  const hasOwn = (await readdir(folderOf(name))).includes("project");
  if (!hasOwn && Object.keys(edits).length === 0) {
    return { folder: root, [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  const copy = await ProjectCopy.create();
  if (hasOwn) await cp(own, copy.folder, { recursive: true });
  for (const [path, edit] of Object.entries(edits)) {
    const file = join(copy.folder, path);
    await writeFile(file, edit(await readFile(file, "utf8")));
  }
  return copy;
}

function run(folder: string, words: readonly string[], environment: Record<string, string>): Promise<string> {
  const env = { ...process.env, ...environment };
  const args = [join(folder, "packages/cli/pulumi.ts"), ...words];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: folder, env, maxBuffer: 64e6 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${stdout}\n${stderr}`));
    });
  });
}
