/** The line and the phone, ready to be written between, without a change to anything of theirs that was there. */
import { fieldOf, listOf, textOf, type Answer } from "../../account.ts";
import { FixtureRefused } from "../../fixtures.ts";
import { numbersOf, type Asked } from "../../probe.ts";
import { record, type Recorder } from "../deployed.ts";

export interface Line {
  readonly line: string;
  readonly phone: string;
  /** The Messaging Service that the line is in for the time of the run: it hears what comes in. */
  readonly pool: string;
  /** Hears of texts that came to the line. */
  readonly inbound: Recorder;
  /** Sends a text, whose body begins with the run's prefix. */
  readonly send: (
    from: string,
    to: string,
    text: string,
    more?: Readonly<Record<string, string>>,
  ) => Promise<Answer>;
}

const services = "messaging.twilio.com/v1/Services";

/**
 * Puts the line into a Messaging Service of the run's own, once in a run.
 *
 * @throws Error when the line serves somebody: it is in a Messaging Service, or Conversations has it
 */
export function openLine(asked: Asked): Promise<Line> {
  return asked.fixtures.once("line", () => open(asked));
}

async function open(asked: Asked): Promise<Line> {
  const { account, prefix } = asked;
  const { line, phone } = numbersOf(asked);
  const api = `api.twilio.com/2010-04-01/Accounts/${account.sid}`;
  const sidOf = async (number: string): Promise<string> => {
    const { body } = await account.ask(
      "GET",
      `${api}/IncomingPhoneNumbers.json?PhoneNumber=${encodeURIComponent(number)}`,
    );
    const sid = textOf(listOf(body, "incoming_phone_numbers")[0], "sid");
    if (sid === "") throw new Error(`${number} is not a number of the account`);
    return sid;
  };
  const lineSid = await sidOf(line);
  await sidOf(phone);
  const addresses = await account.ask(
    "GET",
    `conversations.twilio.com/v1/Configuration/Addresses/${encodeURIComponent(line)}`,
  );
  if (addresses.status === 200) throw new Error("the line serves Conversations: give another --line");
  const inbound = await record(asked, "inbound");
  const made = await account.make(services, {
    form: {
      FriendlyName: `${prefix}-line`,
      InboundRequestUrl: inbound.url,
      InboundMethod: "POST",
      UseInboundWebhookOnNumber: "false",
    },
  });
  if (made.status >= 300) throw new FixtureRefused("Messaging Service", made);
  const pool = textOf(made.body, "sid");
  const added = await account.ask("POST", `${services}/${pool}/PhoneNumbers`, {
    form: { PhoneNumberSid: lineSid },
  });
  if (added.status >= 300) {
    throw new Error(
      `the line is in another Messaging Service (${JSON.stringify(fieldOf(added.body, "code") ?? null)}): give another --line`,
    );
  }
  return {
    ...{ line, phone, pool, inbound },
    send: (from, to, text, more = {}) =>
      account.make(`${api}/Messages.json`, {
        form: { From: from, To: to, Body: `${prefix} ${text}`, ...more },
      }),
  };
}

/** Waits until a text is on its way no more, and answers it. */
export async function settled({ account }: Asked, sent: Answer): Promise<Answer["body"]> {
  const url = `api.twilio.com/2010-04-01/Accounts/${account.sid}/Messages/${textOf(sent.body, "sid")}.json`;
  let last: Answer["body"] = null;
  await account.until(60, async () => {
    last = (await account.ask("GET", url)).body;
    return ["delivered", "undelivered", "failed", "received"].includes(textOf(last, "status")) ? true : null;
  });
  return last;
}
