/** What widgets on a call share: prompts, whole numbers, callbacks' variables, and what a hangup does. */
import { z } from "zod";
import type { Prompt } from "../calls.ts";
import { kindOf } from "../properties.ts";
import type { EngineEvent, JsonObject } from "../types.ts";
import type { Outcome, Run } from "../widget.ts";

/** A whole number, in the validator's words; a number as text is none. */
export const integer = z.custom<number>((value) => Number.isInteger(value), {
  error: ({ input }) => `${kindOf(input)} found, integer expected`,
});

/** Variables for whoever is called: `[{key, value}]`. */
export const pairs = z.array(z.looseObject({ key: z.string(), value: z.string() })).optional();

export const promptProperties = {
  say: z.string().optional(),
  play: z.string().optional(),
  voice: z.string().optional(),
  language: z.string().optional(),
  loop: integer.optional(),
};

/** A schema that wants exactly one of some properties; which, is part of its type. */
export type OneOf<Shape extends z.ZodRawShape, Name extends string> = z.ZodObject<Shape, z.core.$loose> & {
  readonly oneOf?: Name;
};

/** Lets through what has exactly one of some properties. */
export function oneOf<Shape extends z.ZodRawShape, const Name extends string>(
  schema: z.ZodObject<Shape, z.core.$loose>,
  names: readonly Name[],
): OneOf<Shape, Name> {
  return schema.refine((properties) => names.filter((name) => Object.hasOwn(properties, name)).length === 1, {
    error: `should be valid to one and only one of the schemas ${names.join(", ")}`,
  });
}

/** A schema that wants no more than one of some properties. */
export type AtMostOne<Shape extends z.ZodRawShape, Name extends string> = z.ZodObject<
  Shape,
  z.core.$loose
> & {
  readonly atMostOne?: Name;
};

/** Lets through what has none or one of some properties. */
export function atMostOne<Shape extends z.ZodRawShape, const Name extends string>(
  schema: z.ZodObject<Shape, z.core.$loose>,
  names: readonly Name[],
): AtMostOne<Shape, Name> {
  return schema.refine((properties) => names.filter((name) => Object.hasOwn(properties, name)).length <= 1, {
    error: `should be valid to no more than one of the schemas ${names.join(", ")}`,
  });
}

/** What the other side hears. */
export function promptOf(run: Run): Prompt {
  if (typeof run.properties.play === "string") return { play: run.text("play") };
  if (typeof run.properties.digits === "string") return { digits: run.text("digits") };
  return { say: run.text("say"), voice: optionalText(run, "voice"), language: optionalText(run, "language") };
}

/** A property of text, rendered; null when it is missing or comes to nothing. */
export function optionalText(run: Run, property: string): string | null {
  return run.text(property) || null;
}

/** A property that is a whole number, or the usual one. */
export function integerOf<Usual>(run: Run, property: string, usual: Usual): number | Usual {
  const value = run.properties[property];
  return typeof value === "number" ? value : usual;
}

/** A property whose number is written as text, rendered; the usual one when it is none. */
export function numberInText<Usual>(run: Run, property: string, usual: Usual): number | Usual {
  const text = run.text(property);
  const value = Number(text);
  return text.trim() === "" || !Number.isFinite(value) ? usual : value;
}

/** Whether a switch is on that Studio writes as text (`"true"`), or as a boolean. */
export function isOn(run: Run, property: string): boolean {
  const value = run.properties[property];
  return value === true || value === "true";
}

/** Leaves by `hangup`, where the widget has that transition; elsewhere a hangup is ignored (81002). */
export function hangup(run: Run, event: EngineEvent, variables?: JsonObject): Outcome | null {
  if (event.type !== "hungUp" || !run.state.transitions.some((each) => each.event === "hangup")) return null;
  return { leave: "hangup", variables: { ...event.call, ...variables } };
}
