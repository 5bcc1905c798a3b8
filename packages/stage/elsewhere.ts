/**
 * The key `elsewhere`: what a stage's Flows name that is not the stage's own, by name. A Flow that Studio's editor exported
 * names Functions, subflows, Workflows and templates of the account that it was drawn in; each is either here, or declared so.
 */
import { z } from "zod";
import type { Fault } from "./errors.ts";

const place = z
  .string()
  .regex(
    /^([A-Z]{2}[0-9a-fA-F]{32}|https?:\/\/\S+)$/,
    "is neither a SID (two letters and 32 hexadecimal digits) nor the URL of a Function",
  );

export const elsewhereSchema = z.strictObject({
  name: z.string().trim().min(1, "is empty").describe("A name for people, `shipping-flow`."),
  is: place.describe("What it is for this stage: a SID, or the URL of a Function."),
  exported: place
    .optional()
    .describe("What the exported Flow has in its place, where that is another account's."),
});

/** Something of a Flow that is deployed by somebody else. */
export interface Elsewhere {
  readonly name: string;
  readonly is: string;
  readonly exported: string;
}

/** What two entries may not share. */
export function elsewhereFaults(entries: readonly z.output<typeof elsewhereSchema>[]): Fault[] {
  const second = (at: number, of: (entry: (typeof entries)[number]) => string) => {
    const entry = entries[at];
    const first = entry === undefined ? at : entries.findIndex((each) => of(each) === of(entry));
    return first < at ? first : null;
  };
  return entries.flatMap((entry, at) => {
    const name = second(at, (each) => each.name);
    const exported = second(at, (each) => each.exported ?? each.is);
    const same = (key: string, value: string, first: number): Fault => ({
      key: `elsewhere[${at}].${key}`,
      value,
      problem: `is the same as elsewhere[${first}]; each may be given only once`,
    });
    return [
      ...(name === null ? [] : [same("name", entry.name, name)]),
      ...(exported === null ? [] : [same("exported", entry.exported ?? entry.is, exported)]),
    ];
  });
}

/** The entries as Flows are read with them. */
export function elsewhereOf(entries: readonly z.output<typeof elsewhereSchema>[]): Elsewhere[] {
  return entries.map(({ name, is, exported = is }) => ({ name, is, exported }));
}
