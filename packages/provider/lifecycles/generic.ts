import { ProviderError } from "../errors.ts";
import { genericShape, genericToken } from "../shape/generic-shape.ts";
import { inputsToChanges } from "../translate/diff.ts";
import { inputsToChecked, type Checked } from "../translate/inputs-to-checked.ts";
import type { WireRequest } from "../translate/inputs-to-request.ts";
import { canonical, sameMeaning } from "../translate/meaning.ts";
import { isList, isMap, reveal, unknown, type JsonMap, type Value, type ValueMap } from "../values/value.ts";
import { textAt } from "../values/place.ts";
import type { Difference, Lifecycle, Session, State } from "./lifecycle.ts";
import { orGone } from "./plain.ts";

/** The life of what has no row: its place is its id, so that reading, changing and deleting need nothing else. */
export class GenericLifecycle implements Lifecycle {
  readonly shape = genericShape;

  async check(inputs: ValueMap, _warn: (message: string) => void): Promise<Checked> {
    const checked = inputsToChecked(this.shape.inputs, inputs, genericToken);
    const { url } = checked.inputs;
    // Credentials go with every call, so no other host may be named.
    const isElsewhere = typeof url === "string" && placeOf(url) === undefined;
    const reason = `url must be https:// and a host of twilio.com with a path, not "${textAt(inputs, "url")}".`;
    return isElsewhere
      ? { ...checked, failures: [...checked.failures, { property: "url", reason }] }
      : checked;
  }

  diff(state: State, inputs: ValueMap): Difference {
    return { changes: inputsToChanges(this.shape.inputs, state.inputs, inputs), deleteBeforeReplace: false };
  }

  previewCreate(inputs: ValueMap): ValueMap {
    return { ...inputs, sid: unknown, response: unknown };
  }

  async create(session: Session, inputs: ValueMap): Promise<{ id: string; outputs: ValueMap }> {
    await session.beforeWrite({ inputs });
    const url = textAt(inputs, "url");
    const body = await session.client.send(
      request("POST", url, sent(inputs, {}), isJson(inputs)),
      purpose(session, `Creating ${url}`, `Look at ${url}, and import what is there.`),
    );
    const sid = nameOf(body);
    return { id: below(url, sid), outputs: { ...inputs, sid, response: body } };
  }

  async read(session: Session, state: State): Promise<State | undefined> {
    const body = await orGone(
      session.client.send(request("GET", state.id, {}, false), purpose(session, `Reading ${state.id}`)),
    );
    if (body === undefined) return undefined;
    const isImport = Object.keys(state.inputs).length === 0;
    const inputs = isImport ? { url: above(state.id) } : state.inputs;
    return { id: state.id, inputs, outputs: { ...inputs, sid: nameOf(body), response: body } };
  }

  previewUpdate(state: State, inputs: ValueMap): ValueMap {
    if (this.diff(state, inputs).changes.length === 0) return state.outputs;
    return { ...state.outputs, ...inputs, response: unknown };
  }

  async update(session: Session, state: State, inputs: ValueMap): Promise<ValueMap> {
    await session.beforeWrite({ inputs, before: state.inputs });
    const body = await session.client.send(
      request("POST", state.id, sent(inputs, state.inputs), isJson(inputs)),
      { ...purpose(session, `Updating ${state.id}`), repeatable: true },
    );
    return { ...inputs, sid: nameOf(body), response: body };
  }

  async delete(session: Session, state: State): Promise<void> {
    await orGone(
      session.client.send(request("DELETE", state.id, {}, false), purpose(session, `Deleting ${state.id}`)),
    );
  }
}

/** What changed of the parameters; all of them where nothing was before. */
function sent(inputs: ValueMap, before: ValueMap): JsonMap {
  const [news, olds] = [parametersOf(inputs), parametersOf(before)];
  const changed = Object.entries(news).filter(
    ([name, value]) => !sameMeaning(olds[name], value, { kind: "json" }),
  );
  return Object.fromEntries(changed) as JsonMap;
}

function parametersOf({ parameters }: ValueMap): ValueMap {
  const open = parameters === undefined ? {} : reveal(parameters);
  return isMap(open) ? open : {};
}

function isJson({ sendsJson }: ValueMap): boolean {
  return sendsJson === true;
}

function request(method: WireRequest["method"], url: string, body: JsonMap, json: boolean): WireRequest {
  const place = placeOf(url);
  if (place === undefined) {
    throw new ProviderError("id-malformed", {
      id: url,
      token: genericToken,
      example: "https://studio.twilio.com/v2/Flows/FW…",
    });
  }
  return {
    method,
    ...place,
    ...(json ? { form: [], json: body } : { form: Object.entries(body).flatMap(fields) }),
  };
}

function fields([name, value]: [string, Value]): (readonly [string, string])[] {
  const items = isList(value) ? value : [value];
  return items.map((item) => [name, typeof item === "string" ? item : canonical(item)] as const);
}

function placeOf(url: string): { host: string; path: string } | undefined {
  const [, host, path] = /^https:\/\/((?:[a-z0-9-]+\.)+twilio\.com)(\/[^?#]+)$/.exec(url) ?? [];
  return host === undefined || path === undefined ? undefined : { host, path };
}

/** `…/Keys.json` and `SK…` → `…/Keys/SK….json`. */
function below(url: string, sid: string): string {
  const isDotted = url.endsWith(".json");
  return `${isDotted ? url.slice(0, -".json".length) : url}/${encodeURIComponent(sid)}${isDotted ? ".json" : ""}`;
}

function above(url: string): string {
  return url.replace(/\/[^/]+?(\.json)?$/, "$1");
}

function nameOf(body: JsonMap): string {
  const name = body["sid"] ?? body["id"] ?? body["unique_name"];
  if (typeof name === "string" || typeof name === "number") return String(name);
  throw new ProviderError("unexpected", { reason: "Twilio's answer has neither sid, id nor unique_name" });
}

function purpose(session: Session, what: string, advice?: string) {
  return {
    what,
    signal: session.signal,
    deadline: session.deadline,
    ...(advice !== undefined && { advice }),
  };
}
