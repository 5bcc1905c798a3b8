/** The florist's project on a local Twilio of its own, with its secret set; nothing is deployed yet. */
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { join } from "node:path";
import { LocalPhone } from "../local-world.ts";
import { ProjectCopy, type CommandRun } from "../project-copy.ts";
import { readFile, writeFile } from "node:fs/promises";

export class Florist {
  readonly project: ProjectCopy;
  readonly twilio: LocalTwilio;
  #customers = 300;

  private constructor(project: ProjectCopy, twilio: LocalTwilio) {
    this.project = project;
    this.twilio = twilio;
  }

  static async create(): Promise<Florist> {
    const project = await ProjectCopy.create({}, "florist");
    const twilio = await startLocalTwilio({ folder: join(project.folder, "twilio"), port: 0 });
    const florist = new Florist(project, twilio);
    await florist.configure((text) => text.replace("http://127.0.0.1:4010", twilio.endpoint));
    const secret = "config set --secret --path florist:secrets.SHOP_KEY petals-and-thorns -s local";
    const { code, stderr } = await project.pulumi(...secret.split(" "));
    if (code !== 0) throw new Error(`pulumi ${secret}: ${stderr}`);
    return florist;
  }

  /** Changes the stage file. */
  async configure(change: (text: string) => string): Promise<void> {
    const file = join(this.project.folder, "Pulumi.local.yaml");
    await writeFile(file, change(await readFile(file, "utf8")));
  }

  up(): Promise<CommandRun> {
    return this.project.pulumi("up", "--yes", "--skip-preview", "--non-interactive", "-s", "local");
  }

  /** The phone of somebody who has not written before. */
  somebody(channel = ""): LocalPhone {
    return new LocalPhone(this.twilio.endpoint, `${channel}+15550100${++this.#customers}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.twilio.close();
    await this.project[Symbol.asyncDispose]();
  }
}

/** What a phone got since it was last asked. */
export const bodies = async (phone: LocalPhone) => (await phone.heard()).map(({ body }) => body);
