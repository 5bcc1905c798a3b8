import { conversation, line, now, onward, runs, says, splits, type Block } from "./block.ts";

const opens = "widgets.check-hours.parsed.opens";

export const hours: Block = {
  name: "hours",
  about: "Outside the line's opening hours the customer reads when somebody is back, and the Flow ends.",
  parts: [
    {
      at: "start",
      entry: "check-hours",
      widgets: [
        // Hours that cannot be read shut nobody out.
        runs("check-hours", { ...conversation, ...line, ...now }, { success: "is-open", fail: onward }),
        splits(
          "is-open",
          "{{widgets.check-hours.parsed.open}}",
          [{ name: "Open", value: "true", next: onward }],
          "closed-hours-message",
        ),
        says(
          "closed-hours-message",
          `We are closed now{% if ${opens} != '' %} and back {{${opens}}}{% endif %}.`,
        ),
      ],
    },
  ],
  functions: ["check-hours"],
  wordings: { "closed-hours-message.body": "closedHours" },
  keys: ["hours"],
};
