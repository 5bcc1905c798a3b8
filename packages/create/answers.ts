/** What a project is made for. They are kept in the project, so that an upgrade knows what was written. */
import { z } from "zod";
import { CreateError } from "./errors.ts";
import { templateNames } from "./manifest.ts";

export const channels = ["sms", "whatsapp", "voice"] as const;
/** The templates' Flows take messages; a Flow of one's own may take calls. */
export const channelsOf = (template: string | null): readonly (typeof channels)[number][] =>
  template === null ? channels : ["sms", "whatsapp"];
export const managers = ["npm", "pnpm", "yarn", "bun"] as const;

export const answersSchema = z.strictObject({
  /** Becomes Pulumi's project and part of names at Twilio. */
  name: z.string(),
  /** `support`, `desk`, `flex`; null: a Flow of their own, or a line that is adopted. */
  template: z.string().nullable(),
  /** Name of the Flow of their own, without its ending. */
  flow: z.string().nullable(),
  channel: z.enum(channels),
  /** What installs it: some want a file of their own. */
  manager: z.enum(managers).default("npm"),
});
export type Answers = z.output<typeof answersSchema>;

/** What is wrong with a project's name; null: nothing. */
export function nameProblem(name: string): string | null {
  return /^[a-z][a-z0-9-]{0,29}$/.test(name)
    ? null
    : "is not a name: a lower-case letter, then letters, digits and dashes, 30 at most";
}

/** @throws CreateError `bad-value` */
export function refuse(option: string, value: string, problem: string | null): void {
  if (problem !== null) throw new CreateError("bad-value", { option, value, problem });
}

/** @throws CreateError for an answer that is none */
export function checkAnswers({
  name,
  template,
  channel,
}: Record<"name" | "template" | "channel", string | null>): void {
  refuse("name", name ?? "", nameProblem(name ?? ""));
  if (template !== null) {
    const known = templateNames.includes(template);
    refuse(
      "--template",
      template,
      known
        ? null
        : `is no template; there is ${templateNames.join(", ")}, and --from <file> for a Flow of your own`,
    );
  }
  const known: readonly (string | null)[] = channelsOf(template);
  refuse("--channel", channel ?? "", known.includes(channel) ? null : `is none of ${known.join(", ")}`);
}
