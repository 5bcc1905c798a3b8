/**
 * A conversation as it is typed, line by line: what customers write stands as it is, everybody else by name
 * (`agent: on my way`), and what is no message begins with a slash.
 */
import type { JsonObject } from "@support-line/studio";
import { CliError } from "../errors.ts";
import { answerOf } from "./answers.ts";

type Answer = ReturnType<typeof answerOf>;

export type Act =
  | { readonly does: "says"; readonly text: string }
  | { readonly does: "calls" | "picksUp" | "declines" | "hangsUp" }
  | { readonly does: "presses"; readonly keys: string }
  | { readonly does: "speaks"; readonly words: string }
  | { readonly does: "waits"; readonly seconds: number }
  | { readonly does: "starts"; readonly parameters: JsonObject }
  | { readonly does: "answers"; readonly of: string; readonly answer: Answer }
  | { readonly does: "refuses"; readonly how: "refused" | "undelivered" }
  | { readonly does: "helps" | "quits" };

export interface Line {
  readonly person: string;
  readonly act: Act;
}

/** What can be typed, for whoever asks. */
export const talkHelp = `Type what the customer writes, or "agent: …" for somebody else. What begins with a slash is done:
  /wait 10m            time passes (s, m, h, d)
  /call                calls; then /keys 1#, /speak words, /hangup
  agent: /pickup       answers what rings; or /decline
  /answers name text   from now on this Function or server answers so: JSON, a text, a status
  /rest {"name":"Ada"} starts the Flow over the REST API
  /refuse, /lose       Twilio refuses the next message, or loses it
  /quit                the end; a text that begins with a slash is written with two`;

const bare = {
  "/call": "calls",
  "/pickup": "picksUp",
  "/decline": "declines",
  "/hangup": "hangsUp",
  "/help": "helps",
  "/quit": "quits",
} as const;
const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * Reads a line; null for an empty one and for a comment (`# …`).
 *
 * @param people who there is; a line that begins with another name is what the customer writes
 * @param place named when the line cannot be read
 * @throws CliError for a command that there is not, or that lacks something
 */
export function readLine(typed: string, people: readonly string[], place: string): Line | null {
  const line = typed.trim();
  if (line === "" || line.startsWith("#")) return null;
  const [, name = "", rest = ""] = /^([\w-]+):\s*(.*)$/s.exec(line) ?? [];
  const isNamed = people.includes(name);
  return { person: isNamed ? name : (people[0] ?? "customer"), act: actOf(isNamed ? rest : line, place) };
}

function actOf(text: string, place: string): Act {
  if (!text.startsWith("/")) return { does: "says", text };
  if (text.startsWith("//")) return { does: "says", text: text.slice(1) };
  const [, command = "", rest = ""] = /^(\/\w*)\s*(.*)$/s.exec(text) ?? [];
  const refused = (problem: string) => new CliError("bad-line", { place, problem });
  if (Object.hasOwn(bare, command)) return { does: bare[command as keyof typeof bare] };
  if (command === "/refuse" || command === "/lose") {
    return { does: "refuses", how: command === "/refuse" ? "refused" : "undelivered" };
  }
  if (command === "/keys") {
    if (!/^[\d#*]+$/.test(rest)) throw refused("/keys takes 0 to 9, # and *, as in /keys 1#.");
    return { does: "presses", keys: rest };
  }
  if (command === "/speak") {
    if (rest === "") throw refused("/speak takes what is said, as in /speak yes please.");
    return { does: "speaks", words: rest };
  }
  if (command === "/wait") return { does: "waits", seconds: secondsOf(rest, refused) };
  if (command === "/rest") return { does: "starts", parameters: parametersOf(rest, refused) };
  if (command === "/answers") {
    const [, of = "", answer = ""] = /^(\S+)\s*(.*)$/s.exec(rest) ?? [];
    if (of === "") {
      throw refused('/answers takes a name and an answer, as in /answers find-agent {"state":"found"}.');
    }
    return { does: "answers", of, answer: answerOf(answer) };
  }
  throw refused(`there is no ${command}; /help lists what there is.`);
}

function secondsOf(text: string, refused: (problem: string) => Error): number {
  const parts = [...text.matchAll(/(\d+)\s*([smhd])/g)];
  if (parts.length === 0 || text.replace(/\d+\s*[smhd]|\s/g, "") !== "") {
    throw refused("/wait takes a time, as in /wait 1h 30m.");
  }
  return parts.reduce((sum, [, count, unit = "s"]) => sum + Number(count) * (units[unit] ?? 1), 0);
}

function parametersOf(text: string, refused: (problem: string) => Error): JsonObject {
  if (text === "") return {};
  const answer = answerOf(text);
  if (typeof answer === "object" && answer !== null && !("contentType" in answer)) {
    return answer;
  }
  throw refused('/rest takes an object of JSON, as in /rest {"name":"Ada"}.');
}
