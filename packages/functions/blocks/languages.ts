import { conversation, onward, runs, said, says, type Block } from "./block.ts";

/** Keeps the language for the texts of this Execution. */
const keeps = (name: string, value: string, next: string) => ({
  name,
  type: "set-variables",
  transitions: [{ event: "next", next }],
  properties: { variables: [{ key: "language", value, index: "0" }] },
});

export const languages: Block = {
  name: "languages",
  about: "The word of a language has every later text, and the agents, in that language.",
  parts: [
    {
      at: "start",
      entry: "known-language",
      widgets: [keeps("known-language", "{{trigger.conversation.ChannelAttributes.language}}", onward)],
    },
    {
      at: "branch",
      entry: "choose-language",
      widgets: [
        runs(
          "choose-language",
          { ...conversation, said },
          { success: "remember-language", fail: "no-language-message" },
        ),
        keeps("remember-language", "{{widgets.choose-language.parsed.language}}", "language-message"),
        says("language-message", "We write English from now on."),
        says("no-language-message", "That did not work. Please try again."),
      ],
    },
  ],
  word: {
    name: "Language",
    value: "english",
    filler: '({ languages }) => languages.map(({ keyword }) => keyword).join(",") || undefined',
    isList: true,
  },
  functions: ["choose-language"],
  wordings: { "language-message.body": "languageChosen" },
  keys: ["languages"],
};
