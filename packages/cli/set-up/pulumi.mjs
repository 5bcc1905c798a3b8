import { join } from "node:path";
import { goBuilt, findGo, oldestGo } from "./pulumi-go.mjs";
import { downloaded } from "./pulumi-download.mjs";
import { pulumiOnMachine } from "./pulumi-on-machine.mjs";
import { isComplete, notePulumi } from "./pulumi-found.mjs";
import { pulumiVersion } from "./pulumi-version.mjs";
import { userFolder } from "./user-folder.mjs";
import { SetupError } from "./setup-error.mjs";

/**
 * Finds or makes the Pulumi CLI: the machine's own when it is new enough, else Pulumi's download, else, where its site
 * cannot be reached, a build from the sources that Go's module proxy has. What is downloaded or built is kept for the user.
 *
 * @param {string} root folder of the project, where it is noted
 * @param {ReturnType<typeof import("../report.mjs").openReport>} report
 * @param {string} [node] that downloads
 * @returns {Promise<string>} the folder of the CLI and its language host
 * @throws {SetupError} when there is no way to one
 */
export async function ensurePulumi(root, report, node = process.execPath) {
  const bin = join(userFolder(), "pulumi", pulumiVersion, "bin");
  /** @param {string} how */
  const note = (how, where = bin, version = pulumiVersion) => {
    notePulumi(root, { bin: where, version, how });
    return where;
  };
  const own = await pulumiOnMachine(root);
  if (own !== null) {
    report.note(`Pulumi CLI ${own.version} from ${own.bin}`);
    return note("found", own.bin, own.version);
  }
  if (isComplete(bin)) return note("made earlier");
  const refused = await report.step(
    `Pulumi CLI ${pulumiVersion}, download`,
    (progress) => downloaded(node, bin, progress),
    (problem) => problem ?? "done",
  );
  if (refused === null) return note("downloaded");
  const go = await findGo();
  if (go === null) {
    throw new SetupError(
      `The Pulumi CLI is missing and its download failed (${refused}): install Pulumi ${pulumiVersion} or newer from https://www.pulumi.com/docs/install, or Go ${oldestGo} or newer from https://go.dev/dl to build it, and try again.`,
    );
  }
  await report.step(`Pulumi CLI ${pulumiVersion}, build with Go (takes minutes the first time)`, (progress) =>
    goBuilt(go, bin, progress),
  );
  return note("built");
}
