import pLimit, { type LimitFunction } from "p-limit";
import { failureOf, type Engine, type Remembered } from "../../packages/provider/testing/engine.ts";
import type { ValueMap } from "../../packages/provider/values/value.ts";

/** Outputs of a resource that was declared before, by its name. */
export type Outputs = (name: string) => ValueMap;

/** A resource as a program declares it. */
export interface Declared {
  readonly name: string;
  readonly token: string;
  readonly after: readonly string[];
  readonly inputs: (outputs: Outputs) => ValueMap;
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
  { refresh = false, dies, atOnce = Infinity }: Run = {},
): Promise<string[]> {
  const limit = pLimit(atOnce);
  const failures: string[] = [];
  const isDead = () => dies?.aborted === true;
  if (refresh) await refreshAll(engine, state, failures, limit);
  const done = new Map<string, Promise<boolean>>();
  for (const one of declared) {
    const before = one.after.map((name) => done.get(name) ?? Promise.resolve(false));
    const step = async (): Promise<boolean> => {
      if ((await Promise.all(before)).includes(false) || isDead()) return false;
      try {
        return await limit(() => deploy(engine, one, state, isDead));
      } catch (error) {
        failures.push(`${one.name}: ${error instanceof Error ? error.message : String(error)}`);
        return false;
      }
    };
    done.set(one.name, step());
  }
  await Promise.all(done.values());
  return failures;
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
  { name, token, inputs }: Declared,
  state: State,
  isDead: () => boolean,
): Promise<boolean> {
  const program = inputs((other) => state.get(other)?.outputs ?? {});
  const old = state.get(name);
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
