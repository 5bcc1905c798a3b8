/** A Flow of 130 widgets, as a hotline's menu grows over the years: for the pictures, and to be drawn. */
import type { FlowDefinition, State } from "@support-line/studio";
import { askFor, flowOf, run, say, split } from "../../packages/local-twilio/testing/flows.ts";

const topics = ["parcel", "invoice", "refund", "address", "account", "warranty", "delivery"] as const;
/** What can be done about each of them. */
const ways = ["status", "change", "person"] as const;
const last = "{{widgets.ask-topic.inbound.Body}}";

/** The Flow: 7 topics of 18 widgets, what asks for the topic, and the Trigger. */
export function largeFlow(): FlowDefinition {
  const words = Object.fromEntries(topics.map((topic) => [topic, `${topic}-menu`]));
  return flowOf(
    askFor("ask-topic", `What is it about: ${topics.join(", ")}?`, 3600, {
      incomingMessage: "which-topic",
      timeout: "nobody-answered",
    }),
    split("which-topic", last, words, "ask-topic"),
    say("nobody-answered", "We close this conversation now. Write again at any time."),
    ...topics.flatMap(topicOf),
  );
}

function topicOf(topic: string): State[] {
  const [menu, which] = [`${topic}-menu`, `${topic}-which`];
  return [
    askFor(menu, `Your ${topic}: do you want its status, a change, or a person?`, 3600, {
      incomingMessage: which,
      timeout: "nobody-answered",
    }),
    split(
      which,
      `{{widgets.${menu}.inbound.Body}}`,
      Object.fromEntries(ways.map((way) => [way, `${topic}-${way}`])),
      menu,
    ),
    ...ways.flatMap((way) => [
      run(
        `${topic}-${way}`,
        `https://hotline-0000.twil.io/${topic}-${way}`,
        { number: "{{contact.channel.address}}" },
        { success: `${topic}-${way}-found`, fail: `${topic}-${way}-failed` },
      ),
      split(
        `${topic}-${way}-found`,
        `{{widgets.${topic}-${way}.parsed.state}}`,
        { ok: `${topic}-${way}-said` },
        `${topic}-${way}-failed`,
      ),
      say(
        `${topic}-${way}-said`,
        `Here is what we know of your ${topic}: {{widgets.${topic}-${way}.parsed.text}}`,
      ),
      say(`${topic}-${way}-failed`, "We cannot see that at the moment. Somebody will call you."),
    ]),
    askFor(`${topic}-rating`, "How did we do, 1 to 5?", 600, { incomingMessage: `${topic}-rated` }),
    say(`${topic}-rated`, "Thank you for telling us."),
    say(`${topic}-thanks`, "Thank you.", { sent: `${topic}-more` }),
    say(`${topic}-more`, "Anything else?", { sent: "ask-topic" }),
  ].map((state) =>
    // What was said leads on: to whether there is anything else, and to the end.
    state.name.endsWith("-said")
      ? {
          ...state,
          transitions: state.transitions.map((each) =>
            each.event === "sent" ? { ...each, next: `${topic}-thanks` } : each,
          ),
        }
      : state.name.endsWith("-failed")
        ? {
            ...state,
            transitions: state.transitions.map((each) =>
              each.event === "sent" ? { ...each, next: `${topic}-rating` } : each,
            ),
          }
        : state,
  );
}
