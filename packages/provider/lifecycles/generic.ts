import { ProviderError } from "../errors.ts";
import { genericShape, genericToken } from "../shape/generic-shape.ts";
import { inputsToChanges } from "../translate/diff.ts";
import { inputsToChecked, type Checked } from "../translate/inputs-to-checked.ts";
import type { WireRequest } from "../translate/inputs-to-request.ts";
import { canonical, sameMeaning } from "../translate/meaning.ts";
import { isList, isMap, reveal, unknown, type JsonMap, type Value, type ValueMap } from "../values/value.ts";
import { textAt } from "../values/place.ts";
import type { Difference, Lifecycle, Session, State } from "./lifecycle.ts";
import { lookThere, makeGeneric } from "./make-generic.ts";
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
    const body = await makeGeneric(session, inputs, {
      create: () =>
        session.client.send(
          request("POST", url, sent(inputs, {}), isJson(inputs)),
          purpose(session, `Creating ${url}`, lookThere(url)),
        ),
      fetch: (id) => this.#fetch(session, id),
      update: (id) => this.#send(session, id, inputs, {}),
      list: () => listed(session, url),
      idOf: (made) => below(url, nameOf(made)),
    });
    const sid = nameOf(body);
    return { id: below(url, sid), outputs: { ...inputs, sid, response: body } };
  }

  #fetch(session: Session, id: string): Promise<JsonMap | undefined> {
    const reading = purpose(session, `Reading ${id}`);
    return orGone(session.client.send(request("GET", id, {}, false), reading));
  }

  #send(session: Session, id: string, inputs: ValueMap, before: ValueMap): Promise<JsonMap> {
    const changing = { ...purpose(session, `Updating ${id}`), repeatable: true };
    return session.client.send(request("POST", id, sent(inputs, before), isJson(inputs)), changing);
  }

  async read(session: Session, state: State): Promise<State | undefined> {
    const body = await this.#fetch(session, state.id);
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
    const body = await this.#send(session, state.id, inputs, state.inputs);
    return { ...inputs, sid: nameOf(body), response: body };
  }

  async delete(session: Session, state: State): Promise<void> {
    await orGone(
      session.client.send(request("DELETE", state.id, {}, false), purpose(session, `Deleting ${state.id}`)),
    );
  }
}

/** What is at the URL where one is created; undefined where that is no list of things with names. */
async function listed(session: Session, url: string): Promise<JsonMap[] | undefined> {
  const { path, ...rest } = request("GET", url, {}, false);
  const asked = { ...rest, path: `${path}?PageSize=100` };
  const looking = purpose(session, `Looking for what was made at ${url}`);
  const page = await orGone(session.client.send(asked, looking)).catch((error: unknown) => {
    // A place that can only be posted to answers 405.
    if (error instanceof ProviderError && error.code === "twilio-refused") return undefined;
    throw error;
  });
  const [key] = Object.entries(page ?? {}).find(([, value]) => isList(value)) ?? [];
  if (key === undefined) return undefined;
  const entries: JsonMap[] = [];
  for await (const entry of session.client.list(asked, key, looking)) {
    if (nameIn(entry) !== undefined) entries.push(entry);
  }
  return entries;
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
  const name = nameIn(body);
  if (name !== undefined) return name;
  throw new ProviderError("unexpected", { reason: "Twilio's answer has neither sid, id nor unique_name" });
}

function nameIn(body: JsonMap): string | undefined {
  const name = body["sid"] ?? body["id"] ?? body["unique_name"];
  return typeof name === "string" || typeof name === "number" ? String(name) : undefined;
}

function purpose(session: Session, what: string, advice?: string) {
  return {
    what,
    signal: session.signal,
    deadline: session.deadline,
    ...(advice !== undefined && { advice }),
  };
}
