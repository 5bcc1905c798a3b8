/** A Flow of the person's own, read from its file. */
import { existsSync, readFileSync } from "node:fs";
import { basename, extname } from "node:path";
import { readDefinition } from "@support-line/studio";
import { CreateError } from "./errors.ts";

export interface OwnFlow {
  /** Of its template: the file's, as a name. */
  readonly name: string;
  /** The file, as it is. */
  readonly text: string;
  /** By what people reach it, as its Trigger is wired. */
  readonly channel: "sms" | "voice";
}

/** @throws CreateError `no-such-flow`, `not-a-flow` */
export function readOwnFlow(path: string): OwnFlow {
  if (!existsSync(path)) throw new CreateError("no-such-flow", { path });
  const text = readFileSync(path, "utf8");
  const refused = (problem: string) => new CreateError("not-a-flow", { path, problem });
  let definition: unknown;
  try {
    definition = JSON.parse(text);
  } catch (error) {
    throw refused(`it is not JSON, ${error instanceof Error ? error.message : String(error)}`);
  }
  const { states } = readDefinition(definition);
  if (states.length === 0) throw refused("it has no widgets");
  const trigger = states.find(({ type }) => type === "trigger");
  if (trigger === undefined) throw refused("it has no Trigger");
  const events = (trigger.transitions ?? []).flatMap(({ event, next }) =>
    (next ?? "") === "" ? [] : [event],
  );
  const isForCalls = events.includes("incomingCall") && !events.some((event) => event.endsWith("Message"));
  return { name: flowName(path), text, channel: isForCalls ? "voice" : "sms" };
}

/** `My Flow (2).json` is `my-flow-2`. */
function flowName(path: string): string {
  const plain = basename(path, extname(path))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "")
    .slice(0, 30);
  return plain === "" ? "flow" : plain;
}
