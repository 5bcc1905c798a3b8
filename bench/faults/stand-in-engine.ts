import pLimit, { type LimitFunction } from "p-limit";
import { failureOf, type Engine, type Remembered } from "../../packages/provider/testing/engine.ts";
import type { JsonMap, ValueMap } from "../../packages/provider/values/value.ts";
import type { Seen } from "./agreement.ts";

/** Outputs of a resource that was declared before, by its name. */
export type Outputs = (name: string) => ValueMap;

/** A resource as a program declares it. */
export interface Declared {
  readonly name: string;
  readonly token: string;
  readonly after: readonly string[];
  readonly inputs: (outputs: Outputs) => ValueMap;
  /** What it was called in an earlier version of the program. */
  readonly alias?: string;
  /** Which of what Twilio has it takes over, instead of making one. */
  readonly imports?: (body: JsonMap) => boolean;
}

/** A resource in the state; `unfinished` when its creation came to half an end. */
export interface Kept extends Remembered {
  readonly token: string;
  readonly unfinished: boolean;
}

/** What Pulumi's engine would keep in its state file. */
export type State = Map<string, Kept>;

export interface Run {
  readonly refresh?: boolean;
  /** Resources under way at once, at most. */
  readonly atOnce?: number;
  /** Dies when this fires: what is answered after it is recorded by nobody. */
  readonly dies?: AbortSignal;
  /** What Twilio has of a type: for imports. */
  readonly seen?: Seen;
}

/**
 * `pulumi up` over the provider protocol, without Pulumi: what can go on at once goes on at once, what is answered is
 * recorded, what failed stops what needs it.
 *
 * @returns what failed, in the words of the provider
 */
export async function up(
  engine: Engine,
  declared: readonly Declared[],
  state: State,
  { refresh = false, dies, atOnce = Infinity, seen }: Run = {},
): Promise<string[]> {
  const limit = pLimit(atOnce);
  const failures: string[] = [];
  const isDead = () => dies?.aborted === true;
  rename(declared, state);
  if (refresh) await refreshAll(engine, state, failures, limit);
  const done = new Map<string, Promise<boolean>>();
  for (const one of declared) {
    const before = one.after.map((name) => done.get(name) ?? Promise.resolve(false));
    const step = async (): Promise<boolean> => {
      if ((await Promise.all(before)).includes(false) || isDead()) return false;
      try {
        return await limit(() => deploy(engine, one, state, isDead, seen));
      } catch (error) {
        failures.push(`${one.name}: ${error instanceof Error ? error.message : String(error)}`);
        return false;
      }
    };
    done.set(one.name, step());
  }
  await Promise.all(done.values());
  if (failures.length === 0 && !isDead()) await removeRest(engine, declared, state, failures, isDead);
  return failures;
}

/** What has another name in this version of the program has it in the state from now on. */
function rename(declared: readonly Declared[], state: State): void {
  for (const { name, alias = name } of declared) {
    const kept = state.get(alias);
    if (alias === name || kept === undefined || state.has(name)) continue;
    state.delete(alias);
    state.set(name, kept);
  }
}

/** Deletes what the program does not declare any more, what was made last first; a failure stops it, as it does the engine. */
async function removeRest(
  engine: Engine,
  declared: readonly Declared[],
  state: State,
  failures: string[],
  isDead: () => boolean,
): Promise<void> {
  const wanted = new Set(declared.map(({ name }) => name));
  for (const [name, kept] of [...state].reverse()) {
    if (wanted.has(name) || isDead()) continue;
    try {
      await engine.delete(kept.token, kept, name);
    } catch (error) {
      failures.push(`deleting ${name}: ${error instanceof Error ? error.message : String(error)}`);
      return;
    }
    if (!isDead()) state.delete(name);
  }
}

async function refreshAll(
  engine: Engine,
  state: State,
  failures: string[],
  limit: LimitFunction,
): Promise<void> {
  const reads = [...state].map(async ([name, kept]) => {
    try {
      const found = await limit(() => engine.read(kept.token, kept, name));
      if (found === undefined) state.delete(name);
      else state.set(name, { ...kept, inputs: found.inputs, outputs: found.outputs });
    } catch (error) {
      failures.push(`reading ${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
  await Promise.all(reads);
}

async function deploy(
  engine: Engine,
  { name, token, inputs, imports }: Declared,
  state: State,
  isDead: () => boolean,
  seen: Seen | undefined,
): Promise<boolean> {
  const program = inputs((other) => state.get(other)?.outputs ?? {});
  const there = imports && !state.has(name) ? seen?.(token).find(({ body }) => imports(body)) : undefined;
  const imported = there && (await engine.read(token, { id: there.sid }, name));
  if (imported !== undefined && !isDead()) state.set(name, { ...imported, token, unfinished: false });
  let old = state.get(name);
  const { inputs: news, failures } = await engine.check(token, program, old?.inputs ?? {}, name);
  if (failures.length > 0) throw new Error(JSON.stringify(failures));
  const record = (kept: Remembered, unfinished = false): void => {
    if (!isDead()) state.set(name, { ...kept, token, unfinished });
  };
  if (old !== undefined) {
    const difference = await engine.diff(token, old, news, name);
    if (difference.changes !== "some" && !old.unfinished) return true;
    if (difference.replaces.length === 0) {
      record(await engine.update(token, old, news, false, name));
      return true;
    }
    if (difference.deleteBeforeReplace) {
      await engine.delete(token, old, name);
      if (isDead()) return false;
      state.delete(name);
      old = undefined;
    }
  }
  try {
    record(await engine.create(token, news, false, name));
  } catch (error) {
    const { half, message } = await failureOf(error);
    if (half !== undefined) record({ id: half.id, inputs: news, outputs: half.outputs }, true);
    throw new Error(message);
  }
  if (old !== undefined && !isDead()) await engine.delete(token, old, name);
  return true;
}
