/**
 * A resource that a line uses, with what it is created and changed with. The rows of `@support-line/twilio-api` say the
 * rest: where it lives, what is required, what can be refused. `{run}` begins every name, `{each}` tells two of a kind apart.
 */

export type Words = Readonly<Record<string, string | readonly string[]>>;

export interface Refused {
  readonly name: string;
  readonly with: Words;
  /** Twilio's code, whose page is the source. */
  readonly code: number;
}

export interface RestRow {
  /** Part of the ids of its facts: `rest.conversation.create`. */
  readonly name: string;
  /** Of `@support-line/twilio-api`. */
  readonly token: string;
  /** Row whose object it is below. */
  readonly below?: string;
  readonly create?: Words;
  /** In place of `create`, where a body is JSON. */
  readonly json?: unknown;
  readonly update?: Words;
  readonly refused?: readonly Refused[];
  /** Refusals of an update. */
  readonly refusedUpdate?: readonly Refused[];
  /** Not made twice: there can be one alone. */
  readonly single?: true;
  /** It is not deleted by itself. */
  readonly stays?: true;
}

/** So many letters: more than something may have. */
export const long = (letters: number): string => "a".repeat(letters);
