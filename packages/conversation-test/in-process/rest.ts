/** Twilio's REST API, asked in this process: what has to be there is made, and a refusal is an error. */
import type { OpenedTwilio, TwilioRequest } from "@support-line/local-twilio";
import { z } from "zod";
import { ConversationError } from "../errors.ts";

type Form = TwilioRequest["body"];

export class Rest {
  readonly #twilio: OpenedTwilio;

  constructor(twilio: OpenedTwilio) {
    this.#twilio = twilio;
  }

  /**
   * Posts, and answers the body.
   *
   * @throws ConversationError `twilio-refused` with what Twilio says
   */
  async post(url: string, body: Form): Promise<unknown> {
    const { status, text } = await this.#twilio.request({ method: "POST", url, body });
    if (status >= 300) throw new ConversationError("twilio-refused", { url, problem: problemOf(text) });
    return JSON.parse(text) as unknown;
  }

  /** Makes something; answers its SID, which is `sid` where one is given. */
  async made(url: string, body: Form, sid?: string): Promise<string> {
    if (sid !== undefined) this.#twilio.giveSid(sid);
    return z.object({ sid: z.string() }).parse(await this.post(url, body)).sid;
  }

  /** The SID of the one in a list whose property has this value. */
  async found(url: string, key: string, property: string, value: string): Promise<string> {
    const { text } = await this.#twilio.request({ method: "GET", url });
    const items = z
      .array(z.looseObject({ sid: z.string() }))
      .parse(z.looseObject({}).parse(JSON.parse(text))[key]);
    const item = items.find((each) => each[property] === value);
    if (item === undefined) {
      throw new ConversationError("twilio-refused", { url, problem: `no ${value} there` });
    }
    return item.sid;
  }

  /** Takes something away. */
  async remove(url: string): Promise<void> {
    await this.#twilio.request({ method: "DELETE", url });
  }

  idle(): Promise<void> {
    return this.#twilio.idle();
  }
}

/** A refusal in Twilio's words, with what it says of the parts of a Flow. */
function problemOf(text: string): string {
  const refusal = z
    .object({
      code: z.number(),
      message: z.string(),
      details: z
        .object({
          errors: z.array(z.object({ message: z.string(), property_path: z.string().optional() })).optional(),
        })
        .optional(),
    })
    .safeParse(JSON.parse(text));
  if (!refusal.success) return text;
  const { code, message, details } = refusal.data;
  const parts = (details?.errors ?? []).map((each) => `${each.property_path ?? ""} ${each.message}`.trim());
  return [`${message} (${code})`, ...parts].join("; ");
}
