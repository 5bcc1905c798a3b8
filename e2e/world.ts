/**
 * Where a conversation is played: phones, the line they write to, and a client of Twilio's that we did not write.
 * The cases know only this, so the same file plays on the local Twilio and on a real account.
 */
import type { Twilio } from "twilio";
import type { Findings } from "./switches.ts";

/** A message on a phone, as its owner sees it. */
export interface Heard {
  readonly from: string;
  readonly body: string;
}

export interface Phone {
  readonly address: string;
  /** Writes to a number; resolves when everything that followed has settled. */
  says(to: string, body: string): Promise<void>;
  /** The messages that came since it was last asked, oldest first. */
  heard(): Promise<Heard[]>;
}

export interface World {
  /** The address customers write to. */
  readonly line: string;
  readonly customer: Phone;
  readonly agent: Phone;
  readonly client: Twilio;
  /** How the switches must come out; a real account is asked, not told. */
  readonly expected?: Partial<Findings>;
  close(): Promise<void>;
}
