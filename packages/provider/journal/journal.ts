import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { join } from "node:path";
import { canonical } from "../translate/meaning.ts";
import type { JsonMap } from "../values/value.ts";

/** A create that is about to be sent. */
export interface Attempt {
  readonly urn: string;
  readonly token: string;
  /** Host and path that it is posted to: the parent it is made in. */
  readonly parent: string;
  /** What can be compared with what Twilio shows: no secrets, no files. */
  readonly inputs: JsonMap;
  /** Salted: tells whether anything differs, secrets included, and says nothing of them. */
  readonly hash: string;
}

/** A create of which nobody has recorded what became of it. */
export interface Entry extends Attempt {
  /** When it was first begun, in milliseconds of this machine's clock. */
  readonly at: number;
  /** What Twilio made; absent when no answer came. */
  readonly id?: string;
}

/** An id that is longer does not fit into the name of a file everywhere: then the whole entry is written again. */
const longestInName = 150;

interface Kept {
  readonly entry: Entry;
  readonly file: string | null;
  /** Begun by this process, not left by an earlier one. */
  readonly own: boolean;
}

/**
 * The write-ahead journal of creates (docs/decisions/a-journal-of-creates.md): what is begun is written down before it is sent, one
 * file an entry, and forgotten when the engine has recorded what came of it. So a later process knows where to look
 * for what an earlier one made without anybody's knowing, and an undisturbed deployment looks for nothing.
 */
export class Journal {
  readonly #folder: string | null;
  readonly #kept = new Map<string, Kept>();
  readonly #turns = new Map<string, Promise<unknown>>();
  readonly #claimed = new Set<string>();
  /** Whether deployments of this stack from this machine have been journaled before. */
  readonly isKnown: boolean;

  /** @param folder of one stack at one account; null keeps it in memory alone */
  constructor(folder: string | null) {
    this.#folder = folder;
    this.isKnown = folder === null || existsSync(folder);
    if (folder !== null && this.isKnown) this.#load(folder);
  }

  /** The create of this resource that was begun and not recorded, if any. */
  left(urn: string): Entry | undefined {
    return this.#kept.get(urn)?.entry;
  }

  /** The create of this resource that left the engine without an answer: by an earlier process, or lost by this one. */
  unanswered(urn: string): Entry | undefined {
    const kept = this.#kept.get(urn);
    return kept !== undefined && kept.own && kept.entry.id !== undefined ? undefined : kept?.entry;
  }

  /** Everything that was begun and not recorded. */
  entries(): readonly Entry[] {
    return [...this.#kept.values()].map(({ entry }) => entry);
  }

  /** Writes down, durably, that a create is about to be sent. One that is open already keeps its time. */
  async begin(attempt: Attempt): Promise<Entry> {
    const before = this.#kept.get(attempt.urn);
    const isOpen = before !== undefined && before.entry.id === undefined;
    // Of another process nobody knows whether its secrets were the same.
    const isSame = before?.own === true && canonical(before.entry.inputs) === canonical(attempt.inputs);
    if (isOpen && isSame) return before.entry;
    const entry: Entry = { ...attempt, at: isOpen ? before.entry.at : Date.now() };
    const file = this.#folder === null ? null : await this.#write(this.#folder, entry);
    this.#kept.set(attempt.urn, { entry, file, own: true });
    if (before?.file) rmSync(before.file, { force: true });
    return entry;
  }

  /** Twilio answered, or what it made was found: it stays written down until the engine has recorded it. */
  async answered(urn: string, id: string): Promise<void> {
    const kept = this.#kept.get(urn);
    this.#claimed.add(id);
    if (kept === undefined) return;
    const entry = { ...kept.entry, id };
    let { file } = kept;
    if (file !== null && this.#folder !== null && inFileName(id).length > longestInName) {
      const before = file;
      file = await this.#write(this.#folder, entry);
      rmSync(before, { force: true });
    } else if (file !== null) {
      // An earlier process may have named it already.
      const named = file.replace(/(?:~[^/~]*)?\.json$/, `~${inFileName(id)}.json`);
      await rename(file, named);
      file = named;
    }
    this.#kept.set(urn, { entry, file, own: true });
  }

  /** The engine was not told of what was made: its end says nothing of it. */
  withheld(urn: string): void {
    const kept = this.#kept.get(urn);
    if (kept !== undefined) this.#kept.set(urn, { ...kept, own: false });
  }

  /** Nothing came of it, or what came of it is recorded. */
  close(urn: string): void {
    const kept = this.#kept.get(urn);
    if (kept === undefined) return;
    this.#kept.delete(urn);
    if (kept.file !== null) rmSync(kept.file, { force: true });
  }

  /**
   * The engine speaks of a resource under its id: it has recorded it, maybe under another name than it was begun with.
   *
   * @param isThere whether an entry is of the same place: what is called by a name may be in two
   */
  recorded(urn: string, id: string, isThere: (entry: Entry) => boolean = () => true): void {
    for (const [other, { entry }] of [...this.#kept]) {
      if (entry.id !== id || (other !== urn && !isUnique(id))) continue;
      if (isUnique(id) || isThere(entry)) this.close(other);
    }
  }

  /** What earlier processes began, and of which neither they nor this one heard that it is recorded. */
  abandoned(): readonly Entry[] {
    return [...this.#kept.values()].filter(({ own }) => !own).map(({ entry }) => entry);
  }

  /** Where an entry stands: for a person who knows better. */
  fileOf(urn: string): string | undefined {
    return this.#kept.get(urn)?.file ?? undefined;
  }

  /** The engine ended as it should: it has recorded every answer it was given. */
  settle(): void {
    for (const [urn, { entry, own }] of [...this.#kept]) {
      if (own && entry.id !== undefined) this.close(urn);
    }
  }

  /** Whether an id belongs to something else that this journal knows of. */
  isClaimed(id: string, urn: string): boolean {
    const other = this.entries().some((entry) => entry.id === id && entry.urn !== urn);
    return other || (this.#claimed.has(id) && this.left(urn)?.id !== id);
  }

  /** One after the other for equal things in one place: what one of them made must not be taken for another's. */
  async inTurn<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#turns.get(key) ?? Promise.resolve();
    const turn = before.then(work, work);
    const over = turn.catch(() => undefined);
    this.#turns.set(key, over);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(key) === over) this.#turns.delete(key);
    }
  }

  #load(folder: string): void {
    for (const name of readdirSync(folder)) {
      if (!name.endsWith(".json")) continue;
      const file = join(folder, name);
      const entry = read(file);
      // Half written: the process died before it sent anything.
      if (entry === undefined) {
        rmSync(file, { force: true });
        continue;
      }
      const id = /~(.*)\.json$/.exec(name)?.[1];
      const full = id === undefined ? entry : { ...entry, id: decodeURIComponent(id) };
      this.#kept.set(entry.urn, { entry: full, file, own: false });
    }
  }

  async #write(folder: string, entry: Entry): Promise<string> {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, `${digest(entry.urn).slice(0, 24)}-${randomUUID().slice(0, 8)}.json`);
    const handle = await open(file, "wx", 0o600);
    try {
      await handle.writeFile(JSON.stringify(entry));
      await handle.datasync();
    } finally {
      await handle.close();
    }
    return file;
  }
}

/** Whether no two things are called so: a SID or an address, and no name that another may have elsewhere. */
export function isUnique(id: string): boolean {
  return /^[A-Z]{2}[0-9a-fA-F]{32}$/.test(id) || id.startsWith("https://");
}

/** An id as part of a file's name. It has no tilde itself: one sets it apart. */
function inFileName(id: string): string {
  return encodeURIComponent(id).replaceAll("~", "%7E");
}

function read(file: string): Entry | undefined {
  try {
    const entry = JSON.parse(readFileSync(file, "utf8")) as Entry;
    return typeof entry.urn === "string" && typeof entry.at === "number" ? entry : undefined;
  } catch {
    return undefined;
  }
}

/** A hash that only tells whether values are the same as those it was made of. */
export function saltedHash(values: unknown, salt: string = randomUUID()): string {
  return `${salt}:${digest(salt + canonical(values))}`;
}

/** Whether a salted hash is that of these values. */
export function isHashOf(hash: string, values: unknown): boolean {
  return saltedHash(values, hash.split(":")[0] ?? "") === hash;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
