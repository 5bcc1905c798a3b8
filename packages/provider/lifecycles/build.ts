import { resource, type Resource } from "@support-line/twilio-api";
import { HalfCreated, ProviderError } from "../errors.ts";
import { fillPath, inputsToCreate, parentParameters } from "../translate/inputs-to-request.ts";
import type { Checked, CheckFailure } from "../translate/inputs-to-checked.ts";
import { isList, isMap, reveal, type JsonMap, type Value, type ValueMap } from "../values/value.ts";
import { awaitStatus } from "./await-status.ts";
import { whyItFailed } from "./build-failure.ts";
import { textAt } from "../values/place.ts";
import type { Difference, Session, State } from "./lifecycle.ts";
import { isStillDeployed, pruneBuilds } from "./kept-builds.ts";
import { make } from "./make.ts";
import { PlainLifecycle } from "./plain.ts";

/** npm installs with many dependencies take minutes; a Build that is not over by then is taken up by the next `up`. */
const longestMs = 15 * 60_000;

/**
 * Builds: made once, asynchronously, of versions of Functions and Assets, and never changed. The engine makes the
 * new one first, so the one that is deployed goes on until a Deployment takes the new one up.
 * https://www.twilio.com/docs/serverless/api/resource/build
 */
export class BuildLifecycle extends PlainLifecycle {
  /** Dependencies as a map, whichever way they are written, so that they compare by package. */
  override async check(inputs: ValueMap, warn: (message: string) => void): Promise<Checked> {
    const checked = await super.check(inputs, warn);
    const given = checked.inputs["dependencies"];
    if (given === undefined) return checked;
    const failures: CheckFailure[] = [...checked.failures];
    const dependencies = byName(given, failures);
    return { inputs: { ...checked.inputs, dependencies }, failures };
  }

  override async create(session: Session, inputs: ValueMap): Promise<{ id: string; outputs: ValueMap }> {
    await session.beforeWrite({ inputs });
    const request = inputsToCreate(
      this.row,
      this.operation("create"),
      toWire(inputs),
      this.path(session, inputs),
    );
    const { id, outputs } = await make(this, session, inputs, request);
    return { id, outputs: await this.#built(session, id, outputs) };
  }

  /** An equal Build of another hand is as good as ours, and pruned with the others when ours is replaced. */
  override get looksForTwins(): boolean {
    return false;
  }

  /** Twilio resolves versions of dependencies and adds its own, so that those do not tell one Build from another. */
  override isMadeOf(body: JsonMap, inputs: ValueMap): boolean {
    const versions = Object.entries(inputs).filter(([name]) => name !== "dependencies");
    return super.isMadeOf(body, Object.fromEntries(versions));
  }

  /** A Build never changes, so nothing that Twilio shows of one is news; only whether it is there. */
  override async read(session: Session, state: State): Promise<State | undefined> {
    const found = await super.read(session, state);
    if (found === undefined) return undefined;
    const isImport = Object.keys(state.inputs).length === 0;
    return { ...found, inputs: isImport ? withoutOwn(found.inputs) : state.inputs };
  }

  /** What Twilio put into an imported Build by itself is no change, whether the program names it or not. */
  override diff(state: State, inputs: ValueMap): Difference {
    const [had, has, wanted] = [state.inputs, state.outputs, inputs].map(dependenciesOf);
    const same = Object.entries(has ?? {}).filter(
      ([name]) => twilios.has(name) && had?.[name] === undefined && wanted?.[name] !== undefined,
    );
    if (same.length === 0) return super.diff(state, inputs);
    const dependencies = { ...had, ...Object.fromEntries(same) };
    return super.diff({ ...state, inputs: { ...state.inputs, dependencies } }, inputs);
  }

  /** The engine updates a Build only to go on with one that it gave up waiting for. */
  override async update(session: Session, state: State, inputs: ValueMap): Promise<ValueMap> {
    return this.#built(session, state.id, { ...state.outputs, ...inputs });
  }

  /** One that was replaced stays at Twilio with the last few, so that it can be deployed again; see `keepBuilds`. */
  override async delete(session: Session, state: State): Promise<void> {
    if (session.seen.isDeclared(session.urn) && !session.seen.isCurrent(state.id)) {
      return pruneBuilds(this, session, state);
    }
    try {
      await super.delete(session, state);
    } catch (error) {
      if (!isStillDeployed(error)) throw error;
      session.warn(
        `Twilio keeps Build ${state.id}: an Environment outside this stack still runs it. It is no longer part of the stack; to be rid of it, deploy another Build there and then DELETE https://${this.row.host}${fillPath(this.row.instancePath ?? "", { ...parentParameters(this.row, state.outputs), Sid: state.id })}.`,
      );
    }
  }

  /** Versions as their SIDs, dependencies as a map: as the program writes them. */
  override shown(body: JsonMap): JsonMap {
    const sids = (versions: JsonMap[string] | undefined) =>
      versions !== undefined && isList(versions)
        ? versions.map((version) => (isMap(version) ? (version["sid"] ?? null) : version))
        : null;
    return {
      ...body,
      function_versions: sids(body["function_versions"]),
      asset_versions: sids(body["asset_versions"]),
      dependencies: reveal(byName(body["dependencies"] ?? null, [])) as JsonMap,
    };
  }

  async #built(session: Session, sid: string, outputs: ValueMap): Promise<ValueMap> {
    let status: string | undefined;
    try {
      status = await this.#awaited(session, sid, outputs);
    } catch (error) {
      throw new HalfCreated(sid, outputs, error);
    }
    if (status === undefined) {
      const words = { sid, status: "building", minutes: longestMs / 60_000 };
      throw new HalfCreated(sid, outputs, new ProviderError("build-unfinished", words));
    }
    if (status === "completed") return { ...outputs, status };
    const failure = await whyItFailed(this, session, sid, outputs);
    // A failed Build is of no use to anybody: taken away, the next `up` makes another.
    await super.delete(session, { id: sid, inputs: {}, outputs });
    throw new ProviderError("build-failed", { sid, ...failure });
  }

  #awaited(session: Session, sid: string, outputs: ValueMap): Promise<string | undefined> {
    const row = statusRow();
    const path = fillPath(row.instancePath ?? "", { ...parentParameters(this.row, outputs), Sid: sid });
    const purpose = this.purpose(session, "Waiting for");
    return awaitStatus({
      poll: async () => {
        const body = await session.client.send({ method: "GET", host: row.host, path, form: [] }, purpose);
        return body["status"] === "building" ? undefined : textAt(body, "status");
      },
      progress: (seconds) => session.progress(`Build ${sid} is building, ${seconds} s`),
      signal: session.signal,
      longestMs,
    });
  }
}

/** In every Build, named or not: https://www.twilio.com/docs/serverless/functions-assets/functions/dependencies */
const twilios = new Set(["twilio", "@twilio/runtime-handler"]);

function dependenciesOf({ dependencies = null }: ValueMap): ValueMap | undefined {
  const given = reveal(dependencies);
  return isMap(given) ? given : undefined;
}

/** What a program has to say of a Build that is there: without what Twilio put in by itself. */
function withoutOwn(inputs: ValueMap): ValueMap {
  const given = dependenciesOf(inputs);
  if (given === undefined) return inputs;
  const named = Object.entries(given).filter(([name]) => !twilios.has(name));
  return { ...inputs, dependencies: Object.fromEntries(named) };
}

function statusRow(): Resource {
  const row = resource("twilio:serverless:BuildStatus");
  if (row === undefined) {
    throw new ProviderError("unexpected", { reason: "there is no row of a Build's status" });
  }
  return row;
}

/** `[{name, version}]` or `{name: version}` → the latter. A version that is left out is any. */
function byName(value: Value, failures: CheckFailure[]): Value {
  const given = reveal(value);
  if (isMap(given)) return given;
  if (!isList(given)) {
    if (typeof given === "string") failures.push({ property: "dependencies", reason: dependenciesReason });
    return given;
  }
  const entries = given.map((entry) => {
    const { name, version = "*" } = isMap(entry) ? entry : {};
    if (typeof name !== "string") failures.push({ property: "dependencies", reason: dependenciesReason });
    return [typeof name === "string" ? name : "", version] as const;
  });
  return Object.fromEntries(entries);
}

const dependenciesReason =
  'dependencies must be a map of package to version, {twilio: "6.2.0"}, or a list of {name, version}.';

/** Twilio takes the list. */
function toWire(inputs: ValueMap): ValueMap {
  const dependencies = reveal(inputs["dependencies"] ?? null);
  if (!isMap(dependencies)) return inputs;
  return {
    ...inputs,
    dependencies: Object.entries(dependencies).map(([name, version]) => ({ name, version })),
  };
}
