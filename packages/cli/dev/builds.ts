/** The Build that an Environment runs: of the versions that the stack knows, and of new ones where a file was saved. */
import { setTimeout } from "node:timers/promises";
import type { Twilio } from "twilio";
import { StepError } from "../start/errors.ts";
import { TwilioRefusal } from "../twilio/refusal.ts";
import type { Deployed, DeployedFile } from "./deployed.ts";
import type { ProjectFile, Snapshot } from "./snapshot.ts";
import type { Upload } from "./upload.ts";

/** Between two looks at a Build that is building, in milliseconds. */
const pollMs = 10;
/** As long as a Build may take: one that installs packages for the first time takes a while. */
const longestMs = 120_000;

export interface Builds {
  /**
   * Deploys the Build of a snapshot's files, unless it runs already.
   *
   * @returns files that are new, by name
   * @throws StepError when the Build fails; TwilioRefusal
   */
  deploy(deployed: Deployed, snapshot: Snapshot): Promise<string[]>;
}

/** Opens them. What was uploaded or built once is not made again. */
export function openBuilds(client: Twilio, upload: Upload): Builds {
  const versions = new Map<string, string>();
  const built = new Map<string, string>();
  /** By path: what of the project runs, to say what is new. */
  let running: ReadonlyMap<string, string> | null = null;

  const versionOf = async (serviceSid: string, of: DeployedFile, file: ProjectFile | undefined) => {
    if (file === undefined || isSame(of, file)) return of.versionSid;
    const key = [of.sid, file.hash, file.path, file.visibility].join(" ");
    const known = versions.get(key) ?? (await upload(serviceSid, of, file));
    versions.set(key, known);
    return known;
  };

  const buildOf = async (
    { state: { serviceSid }, build }: Deployed,
    of: readonly { readonly kind: DeployedFile["kind"]; readonly version: string }[],
  ): Promise<string> => {
    const sids = (kind: DeployedFile["kind"]) =>
      of.flatMap((each) => (each.kind === kind ? [each.version] : []));
    const key = JSON.stringify([of.map(({ version }) => version), build]);
    const service = client.serverless.v1.services(serviceSid);
    const known = built.get(key);
    // Pulumi keeps the last few Builds only.
    if (known !== undefined && (await isThere(() => service.builds(known).fetch()))) return known;
    const { sid } = await service.builds.create({
      functionVersions: sids("Function"),
      assetVersions: sids("Asset"),
      dependencies: JSON.stringify(
        Object.entries(build.dependencies).map(([name, version]) => ({ name, version })),
      ),
      runtime: build.runtime,
    });
    for (const until = Date.now() + longestMs; ;) {
      const { status } = await service.builds(sid).buildStatus().fetch();
      if (status === "completed") break;
      if (status === "failed") throw new StepError("Build", `${sid} failed at Twilio`, { exitCode: 1 });
      if (Date.now() > until) {
        throw new StepError("Build", `${sid} is not finished after ${longestMs / 1000} s`, { exitCode: 3 });
      }
      await setTimeout(pollMs);
    }
    built.set(key, sid);
    return sid;
  };

  return {
    async deploy(deployed, { files }) {
      const { serviceSid, environmentSid, buildSid } = deployed.state;
      if (serviceSid === "") return [];
      const wanted = deployed.files.map((of) => ({ of, file: fileFor(of, files) }));
      const changed = wanted.filter(({ of, file }) => file !== undefined && !isSame(of, file));
      const sid =
        changed.length === 0
          ? buildSid
          : await buildOf(
              deployed,
              await Promise.all(
                wanted.map(async ({ of, file }) => ({
                  kind: of.kind,
                  version: await versionOf(serviceSid, of, file),
                })),
              ),
            );
      const environment = client.serverless.v1.services(serviceSid).environments(environmentSid);
      const before = running ?? new Map(deployed.files.map((of) => [of.path, contentOf(of)]));
      running = new Map(wanted.map(({ of, file }) => [of.path, contentOf(file ?? of)]));
      if ((await environment.fetch()).buildSid === sid) return [];
      await environment.deployments.create({ buildSid: sid });
      return wanted.flatMap(({ of, file }) =>
        file === undefined || before.get(of.path) === contentOf(file) ? [] : [file.file],
      );
    },
  };
}

const fileFor = (of: DeployedFile, files: readonly ProjectFile[]) =>
  files.find(({ kind, path }) => kind === of.kind && path === of.path);

const contentOf = ({ hash, visibility }: { readonly hash: string; readonly visibility: string }) =>
  `${visibility} ${hash}`;

const isSame = (of: DeployedFile, file: ProjectFile) => contentOf(of) === contentOf(file);

async function isThere(fetch: () => Promise<unknown>): Promise<boolean> {
  try {
    await fetch();
    return true;
  } catch (error) {
    if (error instanceof TwilioRefusal && error.status === 404) return false;
    throw error;
  }
}
