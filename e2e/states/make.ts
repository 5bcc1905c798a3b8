/**
 * Records states with the code of this checkout: `node e2e/states/make.ts 0.2.0`. Deploys every stage with the real Pulumi CLI to a
 * local Twilio, and keeps what is left of each below the release's folder. States that are there already are never written over:
 * stages of their age are deployed somewhere.
 */
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { stringify } from "yaml";
import {
  conversationEntry,
  deployedProject,
  functionAt,
  greetingFlow,
  toolkitProject,
} from "../adopted/foreign-account.ts";
import { ProjectCopy, type CommandRun } from "../project-copy.ts";
import { foreignClient } from "../foreign-client.ts";
import { anywhere, passphrase, recordedResources } from "./recorded.ts";
import { stages, type KeptStage } from "./stages.ts";

const kept = fileURLToPath(new URL(".", import.meta.url));
const root = process.cwd();
const [release = ""] = process.argv.slice(2);
if (!/^[\w.-]+$/.test(release)) throw new Error("name the release: node e2e/states/make.ts 0.2.0");

/** A local Twilio, a place for a stage's file and state, and the folder that is written. */
interface Bench {
  readonly twilio: LocalTwilio;
  readonly twilioFolder: string;
  readonly folder: string;
  readonly out: string;
}

async function onBench(name: string, stage: string, work: (bench: Bench) => Promise<void>): Promise<void> {
  console.log(name);
  const out = join(kept, release, name);
  await mkdir(join(kept, release), { recursive: true });
  await mkdir(out);
  const folder = await mkdtemp(join(tmpdir(), "states-"));
  const twilioFolder = join(folder, "twilio");
  const seed = { senders: [{ senderId: "whatsapp:+15550100002" }] };
  const twilio = await startLocalTwilio({ folder: twilioFolder, port: 0, seed });
  try {
    await mkdir(join(folder, "state"));
    await work({ twilio, twilioFolder, folder, out });
    await twilio.close();
    const file = `Pulumi.${stage}.yaml`;
    await writeFile(
      join(out, file),
      (await readFile(join(folder, file), "utf8")).replaceAll(twilio.endpoint, anywhere),
    );
    const state = join(folder, "state", ".pulumi", "stacks", "support-line", `${stage}.json`);
    const text = withoutPlaces(await readFile(state, "utf8")).replaceAll(twilio.endpoint, anywhere);
    for (const trace of [root, folder]) {
      if (text.includes(trace)) throw new Error(`the state of ${name} has ${trace} in it`);
    }
    await writeFile(join(out, "stack.json.gz"), gzipSync(text, { level: 9 }));
    await keepDatabase(join(twilioFolder, "twilio.sqlite"), join(out, "twilio.sqlite.gz"), twilio);
    const lines = await recordedResources(`${release}/${name}`);
    await writeFile(join(out, "resources.txt"), `${lines.join("\n")}\n`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A checkpoint without where in which program each resource was declared: that is of no use to a preview. */
function withoutPlaces(text: string): string {
  const state = JSON.parse(text) as { checkpoint: { latest: { resources: Record<string, unknown>[] } } };
  for (const resource of state.checkpoint.latest.resources) {
    delete resource["sourcePosition"];
    delete resource["stackTrace"];
  }
  return JSON.stringify(state);
}

/** The database in one file without room for more. It must not say where this machine has it. */
async function keepDatabase(file: string, out: string, { endpoint }: LocalTwilio): Promise<void> {
  const database = new DatabaseSync(file);
  database.exec("pragma journal_mode = delete");
  database.exec("vacuum");
  database.close();
  const bytes = await readFile(file);
  for (const trace of [dirname(file), endpoint]) {
    if (bytes.includes(trace)) throw new Error(`${file} has ${trace} in it`);
  }
  await writeFile(out, gzipSync(bytes, { level: 9 }));
}

function succeeded({ code, stdout, stderr }: CommandRun): void {
  if (code !== 0) throw new Error(`${stdout}\n${stderr}`);
}

/** The project's Pulumi, with a state in a folder of its own. */
async function pulumi(folder: string, words: readonly string[]): Promise<void> {
  const env = {
    ...process.env,
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: passphrase,
  };
  const args = [join(root, "packages/cli/pulumi.ts"), ...words, "--non-interactive"];
  await promisify(execFile)(process.execPath, args, { cwd: root, env, maxBuffer: 64e6 });
}

for (const [name, { stage, file }] of Object.entries<KeptStage>(stages)) {
  await onBench(name, stage, async ({ twilio, folder }) => {
    // In the checkout itself, and not in a copy: a bundle of then says where its packages lie.
    const path = join(folder, `Pulumi.${stage}.yaml`);
    const where = ["-s", stage, "--config-file", path];
    const own = Object.entries(file).map(([key, value]) => [`support-line:${key}`, value] as const);
    await writeFile(
      path,
      stringify(
        { config: { "twilio:endpoint": twilio.endpoint, ...Object.fromEntries(own) } },
        { version: "1.1" },
      ),
    );
    if (stage !== "local") {
      // Writes the salt of the passphrase into the stage file that lies beside Pulumi.yaml.
      await cp(join(root, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
      await pulumi(folder, ["stack", "init", stage, "--no-select", "-C", folder]);
    }
    await pulumi(folder, ["config", "set", "--secret", "twilio:authToken", twilio.authToken, ...where]);
    await pulumi(folder, ["up", "--yes", "--skip-preview", ...where]);
  });
}

await onBench("adopted", "prod", async ({ twilio, twilioFolder, folder, out }) => {
  const client = foreignClient(twilio);
  await deployedProject(
    { ...twilio, folder: twilioFolder },
    { ...toolkitProject, "assets/thanks.private.txt": "Thank you.\n" },
  );
  await conversationEntry(client, {
    address: "+15550100004",
    definition: greetingFlow(await functionAt(client, "/greet")),
  });
  // Adopting writes into its checkout.
  await using copy = await ProjectCopy.create({
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: passphrase,
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: twilio.authToken,
  });
  const run = async (words: string) =>
    succeeded(await copy.pulumi(...words.split(" "), "--non-interactive", "-s", "prod"));
  succeeded(await copy.stage(["adopt", "prod", "--name", "helpline", "--endpoint", twilio.endpoint]));
  await run("import --file Pulumi.prod.import.json --generate-code=false --yes");
  await run("up --yes --skip-preview");
  await cp(join(copy.folder, "Pulumi.prod.yaml"), join(folder, "Pulumi.prod.yaml"));
  for (const path of [
    "flow-templates/helpline.json",
    "flow-templates/helpline.bindings.ts",
    "functions/adopted/helpline",
  ]) {
    await cp(join(copy.folder, path), join(out, "project", path), { recursive: true });
  }
});
