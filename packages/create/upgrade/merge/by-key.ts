/** JSON and YAML merged by key. Lines say it where they agree with that: they keep comments and the way a file is written. */
import { equal, isObject, mergeValue, type JsonValue, type Merging, type Side } from "@support-line/studio";
import { mergeLines, type MergedText, type ThreeTexts } from "./lines.ts";

/** How a kind of file is read, and written again. */
export interface Format {
  /** @throws an error for a text that is not one of this kind */
  readonly read: (text: string) => JsonValue;
  /** A value in place of what the person's text holds, and where that is new, as the new version's text has it. */
  readonly write: (value: JsonValue, texts: ThreeTexts) => string;
  /** What goes before the merge, for what a kind of file means by its keys. */
  readonly settle?: (three: ThreeValues) => ThreeValues;
}

export interface ThreeValues {
  readonly base: JsonValue;
  readonly ours: JsonValue;
  readonly theirs: JsonValue;
}

/** Merges by key; by line alone where one of the three cannot be read. */
export function mergeByKey(texts: ThreeTexts, format: Format): MergedText {
  const lines = mergeLines(texts);
  let three: ThreeValues;
  try {
    const { base, ours, theirs } = texts;
    const read = {
      base: base.trim() === "" ? {} : format.read(base),
      ours: format.read(ours),
      theirs: format.read(theirs),
    };
    three = (format.settle ?? ((same) => same))({ ...read, theirs: withoutDeleted(read) });
  } catch {
    return lines;
  }
  const conflicts: string[] = [];
  const merged = merge(three, null, conflicts);
  if (conflicts.length > 0) {
    // The two differ where the sides clash and nowhere else, so Git's markers stand there alone.
    const ours = format.write(merged, texts);
    const theirs = format.write(merge(three, "theirs", []), texts);
    return { text: mergeLines({ base: "", ours, theirs }).text, conflicts };
  }
  if (lines.conflicts.length === 0 && says(lines.text, format, merged)) return lines;
  const text = format.write(merged, texts);
  return says(text, format, merged) ? { text, conflicts: [] } : lines;
}

function merge({ base, ours, theirs }: ThreeValues, prefer: Side | null, conflicts: string[]): JsonValue {
  const merging: Merging = {
    prefer,
    nameOf,
    clash: (_, place, before, our, their) =>
      conflicts.push(
        `${place}: yours is ${said(our)}, the upgrade has ${said(their)}; before it was ${said(before)}`,
      ),
  };
  return mergeValue(merging, "", base, ours, theirs) ?? {};
}

function said(value: JsonValue | undefined): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

function says(text: string, { read }: Format, value: JsonValue): boolean {
  try {
    return equal(read(text), value);
  } catch {
    return false;
  }
}

/** What people and formats call an item of a list by. */
const names = ["name", "key", "id", "uses", "run", "path", "address"] as const;

/** Lists of plain values are sets in an order. */
export function nameOf(item: JsonValue): string | null {
  if (!isObject(item)) return item === null || Array.isArray(item) ? null : JSON.stringify(item);
  const key = names.find((each) => typeof item[each] === "string");
  return key === undefined ? null : `${key} ${item[key] as string}`;
}

/** What somebody took away stays away, whatever the new version makes of it. */
function withoutDeleted({ base, ours, theirs }: ThreeValues): JsonValue {
  if (!isObject(base) || !isObject(ours) || !isObject(theirs)) return theirs;
  return Object.fromEntries(
    Object.entries(theirs).flatMap(([key, value]): [string, JsonValue][] => {
      if (!Object.hasOwn(base, key)) return [[key, value]];
      if (!Object.hasOwn(ours, key)) return [];
      return [[key, withoutDeleted({ base: base[key] ?? null, ours: ours[key] ?? null, theirs: value })]];
    }),
  );
}
