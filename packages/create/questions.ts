/** Asks a person at a terminal what was not said on the command line. */
import { input, select } from "@inquirer/prompts";
import { channelsOf, nameProblem, type Answers } from "./answers.ts";
import { templateNames } from "./manifest.ts";

const about: Readonly<Record<string, string>> = {
  support: "support: a word brings an agent, another lets them go",
  desk: "desk: queues, opening hours, agents in turn, languages",
  flex: "flex: hands over to Twilio Flex",
};

export const ask = {
  name: (usual: string) =>
    input({
      message: "What is the line called?",
      default: usual,
      validate: (name) => nameProblem(name) ?? true,
    }),
  template: () =>
    select({
      message: "What answers customers?",
      choices: templateNames.map((value) => ({ value, name: about[value] ?? value })),
    }),
  channel: (template: string | null, usual: Answers["channel"]) =>
    select({
      message: "How do customers reach the line?",
      choices: channelsOf(template).map((value) => ({ value, name: value })),
      default: usual,
    }),
};
