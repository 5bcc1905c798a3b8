/** The Conversation of an Execution, as a stand-in for a Function adds people to it: by Twilio's REST API, as the Function would. */
import type { OpenedTwilio } from "@support-line/local-twilio";
import { z } from "zod";
import type { Account } from "./account.ts";
import type { FunctionCall } from "./options.ts";
import { Rest } from "./rest.ts";

/** Who is around. */
export interface People {
  readonly line: string;
  /** By name; an address is its own. */
  readonly addressOf: (person: string) => string;
}

interface Surroundings {
  readonly twilio: OpenedTwilio;
  readonly account: Account;
  readonly people: People;
}

const participant = "twilio:conversations:ServiceConversationParticipant";
const binding = z.object({ messaging_binding: z.object({ address: z.string() }) });

/** What a stand-in sees of its Conversation, and `settle`, which does what it asked for. */
export function conversationOf(
  { twilio, account, people }: Surroundings,
  executionSid: string | null,
): FunctionCall["conversation"] & { settle(): Promise<void> } {
  const rest = new Rest(twilio);
  const api = `conversations.twilio.com/v1/Services/${account.serviceSid}/Conversations`;
  const { services, store } = twilio.twilio;
  const about = executionSid === null ? undefined : services.studio.about(executionSid);
  let sid = about?.conversationSid ?? null;
  const there = new Map<string, string | null>();
  for (const each of sid === null ? [] : store.list(participant, { ConversationSid: sid })) {
    const found = binding.safeParse(each.body);
    if (found.success) there.set(found.data.messaging_binding.address, each.sid);
  }
  const wanted: (() => Promise<unknown>)[] = [];
  /** A message or a call has no Conversation: a stand-in that adds somebody opens one. */
  const opened = async (): Promise<string> => (sid ??= await rest.made(api, {}));
  return {
    has: (person) => there.has(people.addressOf(person)),
    add(person) {
      const address = people.addressOf(person);
      if (there.has(address)) return;
      there.set(address, null);
      wanted.push(async () =>
        rest.made(`${api}/${await opened()}/Participants`, {
          "MessagingBinding.Address": address,
          "MessagingBinding.ProxyAddress": people.line,
          Attributes: '{"role":"agent"}',
        }),
      );
    },
    remove(person) {
      const address = people.addressOf(person);
      const known = there.get(address);
      if (known === undefined) return false;
      there.delete(address);
      if (known !== null) {
        wanted.push(async () => rest.remove(`${api}/${await opened()}/Participants/${known}`));
      }
      return true;
    },
    async settle() {
      for (const each of wanted.splice(0)) await each();
    },
  };
}
