/**
 * What an account was asked and how it answered, as a file: `@support-line/proof` writes it, and a local Twilio that is started
 * with it takes its switches from it and knows in what else it differs from that account.
 */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { switches, type SwitchName, type Switches } from "./switches.ts";

/** What is kept of an answer: its form, with every number, SID and secret masked. */
const seen = z.json();
export type Seen = z.output<typeof seen>;

const question = {
  /** `rest.conversation.create`: the same in every proof. */
  id: z.string().min(1),
  asks: z.string(),
  /** The document, or the fact, that it tests. */
  source: z.string(),
};

const fact = z.object({ ...question, saw: seen });
export type Fact = z.output<typeof fact>;

const field = z.object({
  /** Where in what was seen: `fields.state`; empty for all of it. */
  path: z.string(),
  /** What each side showed; absent where it showed nothing there. */
  twilio: seen.optional(),
  local: seen.optional(),
});
export type DifferentField = z.output<typeof field>;

const difference = z.object({
  ...question,
  /** What of a line depends on it. */
  matters: z.string(),
  /** What walks through it, as `walked` names it: `widget:send-message`, `rest:create twilio:api:Message`. */
  touches: z.array(z.string()),
  fields: z.array(field),
});
export type Difference = z.output<typeof difference>;

const unasked = z.object({ ...question, why: z.string() });
export type Unasked = z.output<typeof unasked>;

const names = Object.keys(switches) as SwitchName[];
const positions = z.strictObject(
  Object.fromEntries(names.map((name) => [name, z.literal([...switches[name].positions]).optional()])),
);

const proofSchema = z.object({
  format: z.literal(1),
  /** Who answered: a live account, a local Twilio, or requests that somebody recorded and published. */
  of: z.enum(["account", "local Twilio", "records"]),
  at: z.iso.date(),
  /** Version of what asked. */
  version: z.string(),
  facts: z.array(fact),
  notAsked: z.array(unasked).default([]),
  /** Positions that were seen; those that nobody could see are not there. */
  switches: positions.default({}),
  differences: z.array(difference).default([]),
});
export type Proof = Omit<z.output<typeof proofSchema>, "switches"> & { readonly switches: Partial<Switches> };

/** The differences that no switch of the proof plays. */
export function unplayed({ differences, switches: set }: Proof): readonly Difference[] {
  return differences.filter(({ id }) => !Object.hasOwn(set, id.replace(/^switches\./, "")));
}

/** A file that is no proof, with the first thing that is wrong in it. */
export class ProofFileError extends Error {
  readonly code = "no-proof";
}

/**
 * Reads a proof.
 *
 * @throws ProofFileError when it is not there, is no JSON, or says what no proof says
 */
export function readProof(file: string): Proof {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new ProofFileError(
      `${file} cannot be read: name the proof.json that npm run prove wrote, or a file of proof/.`,
    );
  }
  return parseProof(text, file);
}

/** @throws ProofFileError */
export function parseProof(text: string, file: string): Proof {
  let value: unknown;
  try {
    value = JSON.parse(text) as unknown;
  } catch {
    throw new ProofFileError(`${file} is not JSON; a proof is the proof.json that npm run prove wrote.`);
  }
  const { success, data, error } = proofSchema.safeParse(value);
  if (success) return data;
  const [issue] = error.issues;
  const place = issue?.path.join(".") ?? "";
  throw new ProofFileError(
    `${file} is not a proof: ${place === "" ? "" : `${place}: `}${issue?.message ?? ""}`,
  );
}
