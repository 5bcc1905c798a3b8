/** A line that its number's own SMS webhook answers, in an account that was filled by others, and a project that adopts it. */
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Twilio } from "twilio";
import { foreignClient } from "../foreign-client.ts";
import { ProjectCopy } from "../project-copy.ts";
import { deployedProject, functionAt, greetingFlow } from "./foreign-account.ts";

export class LineByNumber {
  /** The number. */
  readonly line = "+15550100005";
  readonly twilio: LocalTwilio;
  readonly client: Twilio;
  readonly copy: ProjectCopy;
  readonly #folder: string;
  #webhook = "";

  private constructor(folder: string, twilio: LocalTwilio, copy: ProjectCopy) {
    this.#folder = folder;
    this.twilio = twilio;
    this.client = foreignClient(twilio);
    this.copy = copy;
  }

  /** @param begins events at which its Flow does something */
  static async create(begins: readonly string[]): Promise<LineByNumber> {
    const folder = await mkdtemp(join(tmpdir(), "by-number-"));
    const twilio = await startLocalTwilio({ folder, port: 0 });
    const environment = { TWILIO_ACCOUNT_SID: twilio.accountSid, TWILIO_AUTH_TOKEN: twilio.authToken };
    const made = new LineByNumber(folder, twilio, await ProjectCopy.create(environment));
    await deployedProject({ ...twilio, folder });
    const flow = await made.client.studio.v2.flows.create({
      friendlyName: "By number",
      status: "published",
      commitMessage: "by hand",
      definition: greetingFlow(await functionAt(made.client, "/greet"), begins),
    });
    made.#webhook = `https://webhooks.twilio.com/v1/Accounts/${twilio.accountSid}/Flows/${flow.sid}`;
    await (await made.number()).update({ smsUrl: made.webhook, voiceUrl: "https://voice.example/" });
    return made;
  }

  /** What the number's SMS webhook is. */
  get webhook(): string {
    return this.#webhook;
  }

  /** The number as Twilio's client has it. */
  async number() {
    const [found] = await this.client.incomingPhoneNumbers.list({ phoneNumber: this.line });
    if (found === undefined) throw new Error(`there is no ${this.line}`);
    return this.client.incomingPhoneNumbers(found.sid);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.copy[Symbol.asyncDispose]();
    await this.twilio.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
