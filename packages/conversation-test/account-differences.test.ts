/** A conversation on a local Twilio that plays an account's proof says what it meets of what is known to be otherwise there. */
import { parseProof } from "@support-line/local-twilio/proof";
import { expect, test } from "vitest";
import { engineAlone, play } from "./index.ts";

const question = { asks: "what is kept of a text", source: "a page" };
const proof = parseProof(
  JSON.stringify({
    format: 1,
    of: "account",
    at: "2026-12-01",
    version: "0.1.0",
    facts: [],
    switches: { failingTemplate: "literal" },
    differences: [
      {
        ...{
          id: "studio.send-message.sent",
          ...question,
          matters: "texts",
          touches: ["widget:send-message"],
        },
        fields: [{ path: "outbound.Price", twilio: null }],
      },
      {
        id: "studio.liquid.upcase",
        ...question,
        matters: "texts",
        touches: ["liquid:upcase"],
        fields: [{ path: "", twilio: "A", local: "a" }],
      },
      {
        id: "functions.cors",
        ...question,
        matters: "pages",
        touches: ["function"],
        fields: [{ path: "", twilio: "*", local: null }],
      },
    ],
  }),
  "a proof",
);

const states = (body: string) => ({
  initial_state: "Trigger",
  states: [
    {
      name: "Trigger",
      type: "trigger",
      properties: {},
      transitions: [{ event: "incomingConversationMessage", next: "say" }],
    },
    {
      name: "say",
      type: "send-message",
      properties: { from: "{{flow.channel.address}}", to: "{{contact.channel.address}}", body },
      transitions: [{ event: "sent" }, { event: "failed" }],
    },
  ],
});

async function differencesOf(body: string, as = proof): Promise<{ met: string[]; transcript: string }> {
  const met: string[] = [];
  const kind = engineAlone({ definition: states(body), as });
  try {
    const transcript = await play(
      kind,
      async ({ customer }) => {
        await customer.says("hello");
        await customer.says("again");
      },
      undefined,
      (difference) => met.push(difference),
    );
    return { met, transcript };
  } finally {
    await kind.close?.();
  }
}

test("each difference that is met is said once, in the transcript and to whoever plays; others are not", async () => {
  const { met, transcript } = await differencesOf("{{'ada' | upcase}}");
  expect(met).toEqual([
    "differs here (studio.send-message.sent, what is kept of a text): outbound.Price: there null, here nothing",
    'differs here (studio.liquid.upcase, what is kept of a text): there "A", here "a"',
  ]);
  expect(transcript).toContain("account   differs here (studio.liquid.upcase");
});

test("a difference about a switch is said where the proof does not set that switch", async () => {
  const about = { ...question, matters: "texts", touches: ["widget:send-message"] };
  const fields = [{ path: "", twilio: "elsewhere", local: "both" }];
  const { met } = await differencesOf("hello", {
    ...proof,
    differences: ["switches.failingTemplate", "switches.replyLocation"].map((id) => ({
      id,
      ...about,
      fields,
    })),
  });
  expect(met).toEqual([
    'differs here (switches.replyLocation, what is kept of a text): there "elsewhere", here "both"',
  ]);
});

test("the account's switches are set", async () => {
  const body = "a{{'x' | nosuchfilter}}b";
  const kind = engineAlone({ definition: states(body), as: proof });
  await play(kind, async ({ customer }) => {
    await customer.says("hello");
    await customer.hears(body);
  });
  await kind.close?.();
});
