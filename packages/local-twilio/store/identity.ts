/**
 * Which local Twilio this is: a name that is made with its database and made anew by a reset. Who deployed to it can tell
 * by that, without asking for one thing after the other, that nothing of it is there any more.
 */
import { randomUUID } from "node:crypto";
import type { Settings } from "./settings.ts";

export interface Identity {
  current(): string;
  /** As of now it is another Twilio. */
  renew(): void;
}

/** Opens it, and makes one where the database has none. */
export function openIdentity(settings: Settings): Identity {
  const name = "identity";
  const renew = (): void => settings.set(name, randomUUID());
  if (settings.get(name) === undefined) renew();
  return { current: () => settings.get(name) ?? "", renew };
}
