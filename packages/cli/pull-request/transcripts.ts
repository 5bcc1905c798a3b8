/**
 * Conversations whose words a change changes, before and after: ways through the Flow are searched for, the same people's
 * words and Functions' answers are played to both, and what the Flow says is compared.
 */
import { explore, type PlayableWay } from "@support-line/conversation-test/explore";
import { advance, type Effect, type EngineEvent, type FlowDefinition } from "@support-line/studio";

/** A conversation as lines of a difference: ` customer: hello`, `-Flow: Hi`, `+Flow: Good day`. */
export type Transcript = readonly string[];

/** As many are shown; more would say the same again. */
const most = 2;
/** As long as a search may take in a pull request's run. */
const turns = 5000;

/** The conversations that differ, the shortest first; none where only what nobody hears has changed. */
export function changedTranscripts(before: FlowDefinition, after: FlowDefinition): Transcript[] {
  const options = { turns };
  const ways = [...explore(after, options).playable, ...explore(before, options).playable];
  const found = new Map<string, Transcript>();
  for (const way of ways) {
    const transcript = compared(played(before, way), played(after, way));
    // The same words changed in the same way are one example, whatever else is in the conversation.
    const changed = transcript.filter((line) => !line.startsWith(" ")).join("\n");
    const known = found.get(changed);
    if (changed !== "" && (known === undefined || known.length > transcript.length)) {
      found.set(changed, transcript);
    }
  }
  return [...found.values()].sort((one, other) => one.length - other.length).slice(0, most);
}

/** What is said in one way through a Flow. A Flow that does not go that way says what it said until then. */
function played(definition: FlowDefinition, { events, now }: PlayableWay): string[] {
  const lines: string[] = [];
  let turn: ReturnType<typeof advance> | undefined;
  for (const event of events) {
    const [id] = (turn?.effects ?? []).flatMap((effect) => ("id" in effect ? [effect.id] : []));
    const given = "id" in event && id !== undefined ? ({ ...event, id } as EngineEvent) : event;
    try {
      turn = advance(definition, turn?.execution ?? null, given, { now });
    } catch {
      return lines;
    }
    lines.push(...heard(event), ...turn.effects.flatMap(said));
  }
  return lines;
}

/** What somebody writes. */
function heard(event: EngineEvent): string[] {
  const context =
    event.type === "started"
      ? (event.start.trigger ?? {})
      : event.type === "replied"
        ? { message: event.message }
        : {};
  return Object.values(context).flatMap((each) => {
    const body = typeof each === "object" && each !== null && "Body" in each ? each.Body : undefined;
    return typeof body === "string" && body.trim() !== "" ? [`customer: ${oneLine(body)}`] : [];
  });
}

/** What the Flow does that somebody notices. */
function said(effect: Effect): string[] {
  if (effect.type === "sendMessage") return [`Flow: ${oneLine(effect.body)}`];
  if (effect.type === "runFunction") return [`Flow runs ${effect.state}`];
  if (effect.type === "sendToFlex") return ["Flow hands over to Flex"];
  return [];
}

const oneLine = (text: string) => text.replace(/\s+/g, " ").slice(0, 300);

/** What both have in common at the beginning and at the end stays; what is between is gone and new. */
function compared(before: readonly string[], after: readonly string[]): Transcript {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  const shortest = Math.min(before.length, after.length) - head;
  while (tail < shortest && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const between = (lines: readonly string[], sign: string) =>
    lines.slice(head, lines.length - tail).map((line) => `${sign}${line}`);
  const same = (lines: readonly string[]) => lines.map((line) => ` ${line}`);
  return [
    ...same(after.slice(0, head)),
    ...between(before, "-"),
    ...between(after, "+"),
    ...same(after.slice(after.length - tail)),
  ];
}
