/**
 * What a widget type is: the file of each type in `widgets/` is one of these, and everything that deals with widgets
 * reads it. To add a widget is to add a file and its line in `widgets/index.ts`.
 */
import type { z } from "zod";
import type { SubflowRevision } from "./subflow.ts";
import type { StudioSwitches } from "./switches.ts";
import type { Context, Effect, EngineEvent, Execution, JsonObject, State, Transition } from "./types.ts";

/** An effect that waits for its answer, without what the engine adds. */
export type Request = Effect extends infer Each
  ? Each extends { id: string }
    ? Omit<Each, "id" | "state">
    : never
  : never;

/** What a widget wants next. */
export type Outcome =
  /** Leave by an event; `widgets.<name>` becomes `variables` or else what was gathered; with neither it stays. */
  | { readonly leave: string; readonly transition?: Transition; readonly variables?: JsonObject }
  /** Have this done, and go on with its answer. */
  | { readonly request: Request; readonly gathered?: JsonObject }
  /** Run another Flow; its own variables stand under `widgets.<name>` when it has ended. */
  | { readonly subflow: SubflowCall };

/** A Flow to run within this one. */
export interface SubflowCall {
  readonly flowSid: string;
  readonly revision: SubflowRevision;
  readonly parameters: JsonObject;
}

/** What a widget finds when it runs. */
export interface Run {
  readonly state: State;
  /** The definition's properties, as they stand in it. */
  readonly properties: JsonObject;
  readonly execution: Execution;
  readonly switches: StudioSwitches;
  /** What was gathered in this step so far, and what the widget left the last time. */
  readonly gathered: JsonObject;
  readonly previous: JsonObject;
  /** A property of text, rendered; empty when it is missing. */
  text(property: string): string;
  /** Any text, rendered, traced under that name. */
  render(property: string, template: string): string;
  warn(code: number, message: string): void;
  tried(condition: { name: string; type: string; argument: string; value: string; held: boolean }): void;
  /** Sets a path below `flow` or `trigger` at once. */
  set(path: readonly [keyof Context, ...string[]], value: JsonObject[string]): void;
}

/** The kinds of widgets that a reader tells apart at a glance, by colour, icon and shape. */
export type Kind = "start" | "message" | "ask" | "logic" | "code" | "voice" | "people" | "flow" | "unknown";

/** `Event` and `Properties` are what typed Flows are checked against; whoever runs any widget needs neither. */
export interface Widget<Event extends string = string, Properties extends z.ZodObject = z.ZodObject> {
  /** The events it can leave by. */
  readonly events: readonly Event[];
  /** How it is drawn, and what it does in a word or two. */
  readonly kind: Kind;
  readonly deed: string;
  /** The property that a customer reads or hears; absent: `say`, where there is one. */
  readonly speech?: string;
  /** What else its drawing shows, a line each; an empty line is left out. `text` gives a property as text, whatever stands there. */
  facts?(this: void, text: (property: string) => string, properties: JsonObject): readonly string[];
  /** How each event is said on its edge; empty where it is the one thing that is expected to happen. */
  readonly said: Readonly<Record<NoInfer<Event>, string>>;
  /** Events of what went wrong, or did not happen: their ways are drawn quieter. */
  readonly quiet?: readonly NoInfer<Event>[];
  /** Twilio's pages name the type but not its events: any passes, and `events` are those that are known. */
  readonly isOpen?: true;
  /** The service that it was of, which Twilio has shut down: it always fails. */
  readonly service?: string;
  /** The only events by which it can leave as it stands in its Flow; absent: any of `events`. */
  leavesBy?(this: void, state: State): readonly string[] | undefined;
  /** Studio's strictness: a number as text is text. Properties that are not named here are let through. */
  readonly properties: Properties;
  /** Names of the variables that it can leave under `widgets.<name>`; absent: whatever a callback brings. */
  readonly variables?: readonly string[] | ((properties: JsonObject) => readonly string[]);
  enter(run: Run): Outcome;
  /** An event while it waits; null when it is none that this widget takes. */
  resume?(run: Run, event: EngineEvent): Outcome | null;
}

/** Writes a widget down, with its events and properties as types. */
export function widget<const Event extends string, Properties extends z.ZodObject>(
  description: Widget<Event, Properties>,
): Widget<Event, Properties> {
  return description;
}
