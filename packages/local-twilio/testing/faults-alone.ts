import { NotPlayed } from "../http/not-played.ts";

/** Tells of the local Twilio's own faults alone: what is not played, a test asks for on purpose. */
export function tellFaults(error: unknown): void {
  if (error instanceof NotPlayed) return;
  console.error(error);
}
