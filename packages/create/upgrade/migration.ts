/** What a release does to a project that no merge of texts can: files that moved, keys and formats with another name. */
import { isMap, isScalar, isSeq, parseDocument, type Document } from "yaml";
import type { ProjectFile } from "../project/files.ts";
import { isOlder } from "./changes.ts";

export interface Migration {
  /** The release that needs it. */
  readonly version: string;
  /** Files that the release has elsewhere: the old path, and the new one. */
  readonly moves?: Readonly<Record<string, string>>;
  /** Files that the release has no longer, each with what is in its place. */
  readonly gone?: Readonly<Record<string, string>>;
  /** Edits files, also those that the person wrote. It is run on the earlier version's files too: the same edit is no conflict. */
  readonly edit?: (files: Files) => void;
}

/** A project's files, with what was done to them. Nothing is written. */
export class Files {
  readonly #paths: readonly string[];
  readonly #read: (path: string) => ProjectFile;
  readonly #changed = new Map<string, ProjectFile | null>();

  constructor(paths: readonly string[], read: (path: string) => ProjectFile) {
    this.#paths = paths;
    this.#read = read;
  }

  paths(): string[] {
    const here = new Set(this.#paths);
    for (const [path, file] of this.#changed) {
      if (file === null) here.delete(path);
      else here.add(path);
    }
    return [...here].sort();
  }

  has(path: string): boolean {
    const changed = this.#changed.get(path);
    return changed === undefined ? this.#paths.includes(path) : changed !== null;
  }

  /** @throws TypeError for a file that is not there */
  file(path: string): ProjectFile {
    if (!this.has(path)) throw new TypeError(`${path} is not there`);
    return this.#changed.get(path) ?? this.#read(path);
  }

  write(path: string, text: string): void {
    const before = this.has(path) ? this.file(path) : { text: null, isExecutable: false };
    if (before.text !== text) this.#changed.set(path, { text, isExecutable: before.isExecutable });
  }

  move(from: string, to: string): void {
    this.#changed.set(to, this.file(from));
    this.#changed.set(from, null);
  }

  /** What is other than at the beginning; null: it is gone. */
  changes(): ReadonlyMap<string, ProjectFile | null> {
    return this.#changed;
  }
}

/** Those of the releases after one version, up to another, in their order. */
export function migrationsBetween(all: readonly Migration[], from: string, to: string): Migration[] {
  return all
    .filter(({ version }) => isOlder(from, version) && !isOlder(to, version))
    .sort((one, other) => (isOlder(one.version, other.version) ? -1 : 1));
}

/** Does what releases do. A file that is not there, or whose new place is taken, stays as it is. */
export function migrate(files: Files, migrations: readonly Migration[]): void {
  for (const { moves = {}, edit } of migrations) {
    for (const [from, to] of Object.entries(moves)) {
      if (files.has(from) && !files.has(to)) files.move(from, to);
    }
    edit?.(files);
  }
}

const isStageFile = (path: string) => /^Pulumi\.[\w-]+\.yaml$/.test(path);

/**
 * Renames a key of stage files, with its comments and its place.
 *
 * @param path from `config` on; `*` is any key or item, and `*:lines` the key `lines` of whatever the project is called
 */
export function renamedStageKey(path: readonly string[], name: string): NonNullable<Migration["edit"]> {
  return (files) => {
    for (const file of files.paths().filter(isStageFile)) {
      const document = parseDocument(files.file(file).text);
      // What is no YAML is said by stage check.
      if (document.errors.length > 0 || !rename(document.get("config", true), path, name)) continue;
      files.write(file, written(document));
    }
  };
}

const written = (document: Document) => document.toString({ lineWidth: 0, flowCollectionPadding: false });

function rename(node: unknown, path: readonly string[], name: string): boolean {
  let isRenamed = false;
  forEachAt(node, path, ({ key }) => {
    if (!isScalar(key)) return;
    const [namespace] = /^[^:]*:/.exec(path.at(-1) ?? "") ?? [];
    const own = namespace === undefined ? "" : String(key.value).slice(0, String(key.value).indexOf(":") + 1);
    key.value = own + name;
    isRenamed = true;
  });
  return isRenamed;
}

interface KeyAndValue {
  readonly key: unknown;
  readonly value: unknown;
}

function forEachAt(
  node: unknown,
  [step, ...rest]: readonly string[],
  act: (pair: KeyAndValue) => void,
): void {
  if (step === undefined) return;
  if (isSeq(node)) {
    if (step === "*") for (const item of node.items) forEachAt(item, rest, act);
    return;
  }
  if (!isMap(node)) return;
  for (const pair of node.items) {
    if (!isScalar(pair.key) || !fits(step, String(pair.key.value))) continue;
    if (rest.length === 0) act(pair);
    else forEachAt(pair.value, rest, act);
  }
}

const fits = (step: string, key: string) =>
  step === "*" || step === key || (step.startsWith("*:") && key.endsWith(step.slice(1)));

/** Has code import from another place: a new format of Variables is a folder beside the old one. */
export function renamedImport(from: string, to: string): NonNullable<Migration["edit"]> {
  return (files) => {
    for (const path of files
      .paths()
      .filter((each) => /^(functions|infra|test|policy|flow-templates)\/.*\.[cm]?[jt]s$/.test(each))) {
      const { text } = files.file(path);
      files.write(path, text.replaceAll(`"${from}`, `"${to}`).replaceAll(`'${from}`, `'${to}`));
    }
  };
}
