/**
 * What the lines say whose end-to-end tests these are, by template, and the places by widget and property as bindings name
 * them. The words are the tests' own: whoever words a template of the project otherwise breaks none of them.
 */
const hours =
  "{% if widgets.check-hours.parsed.opens != '' %} and back {{widgets.check-hours.parsed.opens}}{% endif %}";

const briefing = "What the customer wrote so far:";

export const words: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  support: {
    "support-confirmation-message.body": "Added support agent",
    "no-agent-message.body": 'No support agent could be reached. Write "support" to try again.',
    "agent-removed-message.body": "The support agent has left the conversation.",
  },
  desk: {
    "closed-hours-message.body": `We are closed now${hours}. An agent will read what you wrote and answer here.`,
    "find-agent.parameters.whenFree": "An agent is free now.",
    "find-agent.parameters.briefing": briefing,
    "replace-agent.parameters.briefing": briefing,
    "agent-added-message.body": "Added support agent",
    "no-agent-message.body": "No support agent is free. You will hear from us as soon as one is.",
    "one-moment-message.body": "One moment, please.",
    "nobody-answered-message.body": 'Nobody could answer so far. Write "support" to ask again.',
    "agent-replaced-message.body": "The agent has not answered. Another one has joined.",
    "still-waiting-message.body": "The agent has been asked and will answer here.",
    "language-message.body": "We write English from now on.",
    "agent-removed-message.body": "The support agent has left the conversation.",
    "conversation-closed-message.body": "The conversation is closed. Write again at any time.",
  },
  flex: {
    "language-message.body": "We write English from now on.",
    "closed-hours-message.body": `We are closed now${hours}. Write "support" again then.`,
    "to-flex-message.body": "One moment, an agent will be with you.",
    "passed-on-message.body": "The agents have your message.",
    "nobody-answered-message.body": "No agent has answered yet. They have your message.",
    "no-agent-message.body": 'No support agent could be reached. Write "support" to try again.',
  },
};
