import { resource, type Resource } from "@support-line/twilio-api";
import { HalfCreated, ProviderError } from "../errors.ts";
import type { Checked } from "../translate/inputs-to-checked.ts";
import { fillPath, parentParameters } from "../translate/inputs-to-request.ts";
import { content, contentHash } from "../values/content.ts";
import { Asset, reveal, unknown, type JsonMap, type ValueMap } from "../values/value.ts";
import { textAt } from "../values/place.ts";
import { contentType } from "./content-type.ts";
import type { Session, State } from "./lifecycle.ts";
import { orGone, PlainLifecycle } from "./plain.ts";
import { sizeFaults } from "./version-size.ts";

/** Inputs that are a version's: a change of one uploads a new version. */
const ofVersion = ["path", "visibility", "content"];

/**
 * Functions and Assets: the thing itself, and the versions with what is in it. Creating one is two calls, a change of
 * content, path or visibility is one upload, and what did not change is not uploaded. A Build takes the versions up.
 * https://www.twilio.com/docs/serverless/api/resource/function-version
 */
export class VersionedLifecycle extends PlainLifecycle {
  readonly #version: Resource;

  constructor(row: Resource) {
    super(row);
    const version = resource(`${row.token}Version`);
    if (version === undefined) {
      throw new ProviderError("unexpected", { reason: `${row.token} has no versions` });
    }
    this.#version = version;
  }

  /** A file that Twilio would not take is refused before the thing itself is made. */
  override async check(inputs: ValueMap, warn: (message: string) => void): Promise<Checked> {
    const checked = await super.check(inputs, warn);
    const failures = sizeFaults(this.row.name, checked.inputs);
    return { ...checked, failures: [...checked.failures, ...failures] };
  }

  override async create(session: Session, inputs: ValueMap): Promise<{ id: string; outputs: ValueMap }> {
    // A file that cannot be read is found before anything is made.
    const file = this.#file(inputs);
    const { id, outputs } = await super.create(session, inputs);
    const known = { ...outputs, ...picked(inputs) };
    try {
      return { id, outputs: { ...known, versionSid: await this.#upload(session, id, inputs, file) } };
    } catch (error) {
      throw new HalfCreated(id, known, error);
    }
  }

  override async read(session: Session, state: State): Promise<State | undefined> {
    const found = await super.read(session, state);
    if (found === undefined) return undefined;
    return Object.keys(state.inputs).length === 0
      ? this.#imported(session, found)
      : this.#refreshed(session, found, state);
  }

  override previewUpdate(state: State, inputs: ValueMap): ValueMap {
    const outputs = super.previewUpdate(state, inputs);
    return this.#isUploaded(state, inputs) ? outputs : { ...outputs, versionSid: unknown };
  }

  override async update(session: Session, state: State, inputs: ValueMap): Promise<ValueMap> {
    const file = this.#isUploaded(state, inputs) ? undefined : this.#file(inputs);
    const outputs = { ...state.outputs, ...(await super.update(session, state, inputs)), ...picked(inputs) };
    if (file === undefined) return outputs;
    await session.beforeWrite({ inputs, before: state.inputs });
    return { ...outputs, versionSid: await this.#upload(session, state.id, inputs, file) };
  }

  /** Twilio keeps what a deployed Build has, and maybe what a kept one has; the stack lets go of it either way. */
  override async delete(session: Session, state: State): Promise<void> {
    try {
      await super.delete(session, state);
    } catch (error) {
      if (!isStillBuilt(error)) throw error;
      session.warn(
        `Twilio keeps ${this.row.name} ${state.id}: a Build that stays there has a version of it (${error.message}) It is no longer part of the stack, and goes with its Service.`,
      );
    }
  }

  /** Whether the last version is what the program says; an upload that failed left none. */
  #isUploaded(state: State, inputs: ValueMap): boolean {
    const changed = this.diff(state, inputs).changes.some(({ path }) => ofVersion.includes(String(path[0])));
    return !changed && state.outputs["versionSid"] !== undefined;
  }

  #file(inputs: ValueMap): Uint8Array {
    const asset = reveal(inputs["content"] ?? null);
    if (!(asset instanceof Asset)) {
      throw new ProviderError("unexpected", { reason: "a file was expected as content" });
    }
    return content(asset, "content");
  }

  async #upload(session: Session, sid: string, inputs: ValueMap, file: Uint8Array): Promise<string> {
    const operation = this.#version.operations.create;
    const [path, visibility] = [textAt(inputs, "path"), textAt(inputs, "visibility")];
    const body = await session.client.upload(
      {
        host: operation?.host ?? this.#version.host,
        path: fillPath(operation?.path ?? "", this.#place(inputs, sid)),
        fields: { Path: path, Visibility: visibility.toLowerCase() },
        file: {
          name: path.split("/").at(-1) ?? "",
          type: contentType(path, this.row.name === "Function"),
          content: file,
        },
      },
      this.purpose(session, "Uploading the content of"),
    );
    return textAt(body, "sid");
  }

  /** Path parameters of the versions of one Function or Asset. */
  #place(values: ValueMap, sid: string, versionSid = "") {
    return { ...parentParameters(this.row, values), [`${this.row.name}Sid`]: sid, Sid: versionSid };
  }

  /** What a refresh can see: path and visibility of the last version. A version that Twilio dropped is uploaded again. */
  async #refreshed(session: Session, found: State, state: State): Promise<State> {
    const own = picked(state.inputs);
    const sid = textAt(state.outputs, "versionSid");
    const version = sid === "" ? undefined : await this.#fetchVersion(session, found, sid);
    if (version === undefined) {
      return {
        ...found,
        inputs: without(found.inputs, ofVersion),
        outputs: without(found.outputs, ofVersion),
      };
    }
    const shown = { ...own, ...shownOf(version, own) };
    return {
      id: found.id,
      inputs: { ...found.inputs, ...shown },
      outputs: { ...found.outputs, ...shown, versionSid: sid },
    };
  }

  /** The newest version of one that was made elsewhere. What is in an Asset cannot be had back from Twilio. */
  async #imported(session: Session, found: State): Promise<State> {
    const { list } = this.#version.operations;
    const request = {
      method: "GET" as const,
      host: this.#version.host,
      path: `${fillPath(list?.path ?? "", this.#place(found.inputs, found.id))}?PageSize=1`,
      form: [],
    };
    const purpose = this.purpose(session, "Reading the versions of");
    for await (const version of session.client.list(request, this.#version.list?.key ?? "", purpose)) {
      const sid = textAt(version, "sid");
      const file = await this.#fetchContent(session, found, sid);
      const shown = { ...shownOf(version, {}), ...(file === undefined ? {} : { content: file }) };
      return {
        id: found.id,
        inputs: { ...found.inputs, ...shown },
        outputs: { ...found.outputs, ...shown, versionSid: sid },
      };
    }
    return found;
  }

  #fetchVersion(session: Session, found: State, sid: string): Promise<JsonMap | undefined> {
    const path = fillPath(
      this.#version.operations.fetch?.path ?? "",
      this.#place(found.inputs, found.id, sid),
    );
    const request = { method: "GET" as const, host: this.#version.host, path, form: [] };
    return orGone(session.client.send(request, this.purpose(session, "Reading the version of")));
  }

  async #fetchContent(session: Session, found: State, sid: string): Promise<Asset | undefined> {
    const row = resource(`${this.row.token}VersionContent`);
    const operation = row?.operations.fetch;
    if (row === undefined || operation === undefined) return undefined;
    const path = fillPath(operation.path, this.#place(found.inputs, found.id, sid));
    const request = { method: "GET" as const, host: row.host, path, form: [] };
    const body = await orGone(session.client.send(request, this.purpose(session, "Reading the content of")));
    const text = body?.["content"];
    if (typeof text !== "string") return undefined;
    // The engine keeps no text in the state, so that only the hash tells later whether a file is the same.
    return new Asset({ text, hash: contentHash(new Asset({ text })) });
  }
}

/** Whether Twilio does not delete it for the sake of a Build: it says so in words only, with the general code 20001. */
function isStillBuilt(error: unknown): error is ProviderError {
  return (
    error instanceof ProviderError && error.twilioCode === 20001 && /Build|Deployment/.test(error.message)
  );
}

/** The version's inputs among all. */
function picked(inputs: ValueMap): ValueMap {
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => ofVersion.includes(name)));
}

function without(values: ValueMap, names: readonly string[]): ValueMap {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}

/** Path and visibility as Twilio shows them, in the program's own spelling where that is the same. */
function shownOf(version: JsonMap, own: ValueMap): ValueMap {
  const shown: Record<string, string> = {};
  for (const name of ["path", "visibility"]) {
    const [theirs, ours] = [version[name], own[name]];
    if (typeof theirs !== "string") continue;
    if (typeof ours === "string" && ours.toLowerCase() === theirs.toLowerCase()) shown[name] = ours;
    else shown[name] = name === "visibility" ? theirs.toLowerCase() : theirs;
  }
  return shown;
}
