/** What a stage adopts, whichever form its file has: the lines, and the Services that they share or have for themselves. */
import type { z } from "zod";
import type { adoptedLinesSchema } from "./schema.ts";
import type { RawAdoptedStage } from "./stage-schema.ts";

type Raw = z.output<typeof adoptedLinesSchema>;

/** How a line stands at Twilio; its Services by their names in the stack. */
export type AdoptedLine = Raw["lines"][string];

/** A Service of Functions, and what is deployed in it. */
export interface AdoptedFunctions extends Omit<Raw["functions"][string], "secrets"> {
  /** Variables that are kept encrypted; closed outside Pulumi. */
  readonly secrets: Readonly<Record<string, string>>;
}

export interface Adopted {
  /** Whether the file has the short form, which is for one line. */
  readonly isShort: boolean;
  /** By name of the line. */
  readonly lines: Readonly<Record<string, AdoptedLine>>;
  /** Conversations Services, by their names in the stack. */
  readonly conversations: Raw["conversations"];
  /** Services of Functions, by their names in the stack. */
  readonly functions: Readonly<Record<string, AdoptedFunctions>>;
}

/** What the Services of a line are called in the stack that was the first of its stage. */
export const firstNames = { conversations: "conversations", functions: "functions" } as const;

/** What a part of a Service is called: `functions-greet` of the first one, `returns:greet` of others, where no path has a colon. */
export function nameOfPart(service: string, part: string): string {
  return `${service}${service === firstNames.functions ? "-" : ":"}${part}`;
}

/** Reads the key `adopted`, with the secrets of a line that is alone in its stage. */
export function adoptedOf(raw: Pick<RawAdoptedStage, "adopted" | "lines" | "secrets">): Adopted {
  const { adopted } = raw;
  if ("lines" in adopted) {
    return {
      ...adopted,
      isShort: false,
      functions: Object.fromEntries(
        Object.entries(adopted.functions).map(([name, each]) => [
          name,
          { ...each, secrets: opened(each.secrets) },
        ]),
      ),
    };
  }
  const { conversations, functions, ...line } = adopted;
  return {
    isShort: true,
    lines: {
      [raw.lines[0]?.name ?? ""]: {
        ...line,
        conversations: firstNames.conversations,
        ...(functions === undefined ? {} : { functions: firstNames.functions }),
      },
    },
    conversations: { [firstNames.conversations]: conversations },
    functions:
      functions === undefined
        ? {}
        : { [firstNames.functions]: { ...functions, secrets: opened(raw.secrets) } },
  };
}

/** The Functions that a line's Flow runs; null where it runs none. */
export function functionsOfLine(
  { lines, functions }: Pick<Adopted, "lines" | "functions">,
  line: string,
): AdoptedFunctions | null {
  const name = Object.hasOwn(lines, line) ? lines[line]?.functions : undefined;
  return name !== undefined && Object.hasOwn(functions, name) ? (functions[name] ?? null) : null;
}

/** Values that Pulumi keeps encrypted, as text; empty where they are closed. */
export function opened(
  secrets: Readonly<Record<string, string | { readonly secure: string }>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(secrets).map(([key, value]) => [key, typeof value === "string" ? value : ""]),
  );
}
