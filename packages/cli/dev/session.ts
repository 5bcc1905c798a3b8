/**
 * What follows from a save: it is checked, made live, and then recorded by the engine, one run at a time, with all saves that
 * came meanwhile in the next one. What a run that was overtaken by a save has put back is made live again at once.
 */
import { setTimeout } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { failureOf } from "../edge/failure.ts";
import type { Deployed } from "./deployed.ts";
import type { Ended } from "./engine.ts";
import type { Live } from "./live.ts";
import type { Snapshot, Subject } from "./snapshot.ts";
import type { Save } from "./watch.ts";

/** The engine begins when nothing was saved for so long, in milliseconds: until then the machine is the next save's. */
const quietMs = 400;
/** How often it is looked whether a run that was overtaken has put something back, in milliseconds. */
const holdMs = 100;

/** What is told of a session. */
export type News =
  | { readonly kind: "live"; readonly words: readonly string[]; readonly ms: number }
  /** What was saved deploys as before: a test, a comment. */
  | { readonly kind: "unchanged"; readonly files: readonly string[] }
  /** Nothing of it can be live before the engine has run. */
  | { readonly kind: "left-to-engine"; readonly files: readonly string[] }
  | { readonly kind: "faults"; readonly words: readonly string[] }
  | { readonly kind: "recorded"; readonly ms: number }
  | { readonly kind: "not-recorded"; readonly words: readonly string[] };

/** What a session is made of. */
export interface Parts {
  readonly take: (places: Subject["places"]) => Promise<Snapshot>;
  readonly live: Live;
  readonly up: (options: { readonly look: boolean }) => Promise<Ended>;
  readonly readDeployed: () => Promise<Deployed | null>;
  readonly tell: (news: News) => void;
  /** Is called when a save is live. */
  readonly afterLive?: (save: Save, snapshot: Snapshot) => void;
}

export class Session {
  readonly #parts: Parts;
  #deployed: Deployed | null = null;
  /** The last one that is live. */
  #good: Snapshot | null = null;
  #isBroken = false;
  #isUnrecorded = true;
  #isOvertaken = false;
  #isEnding = false;
  #lastSave = 0;
  #waiting: Save | null = null;
  #saving: Promise<void> = Promise.resolve();
  #recording: Promise<void> | null = null;
  /** What is made live is made one after the other. */
  #writing: Promise<unknown> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Deploys the project as it is, and resolves when that is recorded, or cannot be until something is fixed. */
  async begin(): Promise<void> {
    await this.#take({ at: performance.now(), files: [] });
    if (!this.#isBroken) await this.#record();
  }

  /** Hears of a save. Those that come at once are one. */
  saved({ at, files }: Save): void {
    this.#lastSave = performance.now();
    const before = this.#waiting;
    this.#waiting = {
      at: before?.at ?? at,
      files: [...new Set([...(before?.files ?? []), ...files])],
    };
    this.#saving = this.#saving.then(() => this.#next());
  }

  /** Resolves when every save is live and recorded, or cannot be. */
  async settled(): Promise<void> {
    await this.#saving;
    await this.#recording;
  }

  /** Records what is not recorded yet. False: something on the disk is not, since it has a fault. */
  async end(): Promise<boolean> {
    this.#isEnding = true;
    await this.settled();
    if (this.#isUnrecorded && !this.#isBroken) await this.#record();
    return !this.#isUnrecorded && !this.#isBroken;
  }

  async #next(): Promise<void> {
    const save = this.#waiting;
    this.#waiting = null;
    if (save === null) return;
    await this.#take(save);
    if (!this.#isBroken) void this.#record();
  }

  async #take(save: Save): Promise<void> {
    const { take, live, tell, afterLive } = this.#parts;
    const snapshot = await take(this.#deployed?.places ?? null);
    if (snapshot.faults.length > 0) return this.#break(snapshot.faults);
    const isNew = save.files.length > 0;
    try {
      const words = await this.#write(() => live.make(snapshot));
      const ms = Math.round(performance.now() - save.at);
      if (words.length > 0) tell({ kind: "live", words, ms });
      else if (isNew) {
        tell({ kind: this.#isAsBefore(save, snapshot) ? "unchanged" : "left-to-engine", files: save.files });
      }
    } catch (error) {
      this.#break([failureOf(error).text ?? String(error)]);
      // Half of it may be live: what ran before runs on as a whole.
      const good = this.#good;
      if (good !== null) await this.#write(() => live.make(good)).catch(() => undefined);
      return;
    }
    this.#isBroken = false;
    this.#good = snapshot;
    if (!isNew) return;
    this.#isUnrecorded = true;
    this.#isOvertaken = true;
    afterLive?.(save, snapshot);
  }

  /** Whether the engine will find nothing new either: of these files, a snapshot holds all that is deployed. */
  #isAsBefore({ files }: Save, snapshot: Snapshot): boolean {
    return (
      this.#deployed !== null &&
      files.every((file) => /^(functions|assets|flow-templates)\//.test(file)) &&
      isDeepStrictEqual(snapshot, this.#good)
    );
  }

  #break(words: readonly string[]): void {
    this.#isBroken = true;
    this.#parts.tell({ kind: "faults", words });
  }

  #write<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#writing.then(work);
    this.#writing = done.catch(() => undefined);
    return done;
  }

  #record(): Promise<void> {
    this.#recording ??= this.#recordAll().finally(() => (this.#recording = null));
    return this.#recording;
  }

  async #recordAll(): Promise<void> {
    const { live, tell, readDeployed } = this.#parts;
    while (this.#isUnrecorded && !this.#isBroken) {
      await this.#quiet();
      const begin = performance.now();
      this.#isUnrecorded = false;
      this.#isOvertaken = false;
      const isFirst = this.#deployed === null;
      let ended: Ended;
      try {
        ended = await this.#run();
        const fresh = await readDeployed();
        if (fresh !== null) {
          this.#deployed = fresh;
          live.know(fresh);
        }
      } catch (error) {
        ended = failureOf(error).text ?? String(error);
      }
      if (this.#isOvertaken) {
        await this.#hold(true);
        continue;
      }
      if (ended !== null) {
        this.#isUnrecorded = true;
        tell({ kind: "not-recorded", words: ended.split("\n") });
        return;
      }
      tell({ kind: "recorded", ms: Math.round(performance.now() - begin) });
      // What was saved while nothing could be live yet is seen now.
      if (isFirst) await this.#take({ at: performance.now(), files: [] });
    }
  }

  /** A run of the engine; what a save has made live meanwhile stays. */
  async #run(): Promise<Ended> {
    const { live, up } = this.#parts;
    const look = (await live.edited()).length === 0;
    let isOver = false;
    const run = up({ look }).finally(() => (isOver = true));
    while (!isOver) {
      await Promise.race([run.catch(() => undefined), setTimeout(holdMs)]);
      if (!isOver && this.#isOvertaken) await this.#hold(false);
    }
    return run;
  }

  async #hold(isLast: boolean): Promise<void> {
    const good = this.#good;
    if (good === null) return;
    try {
      await this.#write(() => this.#parts.live.make(good));
    } catch (error) {
      // While the engine writes, what we write may be in its way; what counts is how it is afterwards.
      if (isLast) this.#parts.tell({ kind: "faults", words: [failureOf(error).text ?? String(error)] });
    }
  }

  async #quiet(): Promise<void> {
    while (!this.#isEnding && performance.now() - this.#lastSave < quietMs) await setTimeout(quietMs / 4);
  }
}
