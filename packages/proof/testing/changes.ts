/** How answers of a local Twilio are changed on their way out, for one that is to differ in something known. */
import type { RawRequest, RawResponse, Switches } from "@support-line/local-twilio";

export type Kind =
  | "a field missing"
  | "another format"
  | "another code"
  | "another message"
  | "another order"
  | "other pages"
  | "another header"
  | "a slow change"
  | "a lost event"
  | "another webhook"
  | "another context"
  | "another Function"
  | "a switch";

export interface Difference {
  readonly name: string;
  readonly kind: Kind;
  /** Ids of the facts that may show it; at least one must. */
  readonly shows: RegExp;
  readonly switches?: Partial<Switches>;
  /** Opens what changes answers; it may remember what it saw. */
  readonly open?: () => (request: RawRequest, response: RawResponse) => RawResponse;
}

export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function bodyOf({ body }: RawResponse): Json | null {
  try {
    const value: unknown = JSON.parse(typeof body === "string" ? body : Buffer.from(body).toString("utf8"));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

export const withBody = (response: RawResponse, body: Json): RawResponse => ({
  ...response,
  body: JSON.stringify(body),
});

export const urlOf = ({ method, host, path }: RawRequest) => `${method} ${host}${path}`;

/** Changes every object below a path, alone and in lists. */
export function everywhere(url: RegExp, change: (object: Json) => Json): NonNullable<Difference["open"]> {
  return () => (request, response) => {
    const body = url.test(urlOf(request)) && response.status < 300 ? bodyOf(response) : null;
    if (body === null) return response;
    const lists = Object.entries(body).map(([name, value]) => [
      name,
      Array.isArray(value)
        ? value.map((each: unknown) => (isObject(each) && "sid" in each ? change(each) : each))
        : value,
    ]);
    const changed = Object.fromEntries(lists) as Json;
    return withBody(response, "sid" in body ? change(changed) : changed);
  };
}

export const drop =
  (name: string) =>
  (object: Json): Json =>
    Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
export const set =
  (name: string, value: (before: unknown) => unknown) =>
  (object: Json): Json =>
    name in object ? { ...object, [name]: value(object[name]) } : object;

/** Changes refusals. */
export function refused(
  url: RegExp,
  code: number,
  change: (refusal: Json) => Json,
): NonNullable<Difference["open"]> {
  return () => (request, response) => {
    const body = url.test(urlOf(request)) && response.status >= 400 ? bodyOf(response) : null;
    if (body === null || body["code"] !== code) return response;
    const changed = change(body);
    const status = typeof changed["status"] === "number" ? changed["status"] : response.status;
    return withBody({ ...response, status }, changed);
  };
}

/** Changes a whole answer that is JSON. */
export function answered(url: RegExp, change: (body: Json) => Json): NonNullable<Difference["open"]> {
  return () => (request, response) => {
    const body = url.test(urlOf(request)) && response.status < 300 ? bodyOf(response) : null;
    return body === null ? response : withBody(response, change(body));
  };
}

/** For so many milliseconds after a delete, what was deleted is still answered. */
export function stays(url: RegExp, ms: number): NonNullable<Difference["open"]> {
  return () => {
    const last = new Map<string, RawResponse>();
    const deleted = new Map<string, number>();
    return (request, response) => {
      const place = `${request.host}${request.path}`;
      if (!url.test(`${request.method} ${place}`)) return response;
      if (request.method === "DELETE" && response.status === 204) deleted.set(place, Date.now());
      if (request.method !== "GET") return response;
      if (response.status === 200) last.set(place, response);
      const at = deleted.get(place);
      return at !== undefined && Date.now() - at < ms ? (last.get(place) ?? response) : response;
    };
  };
}

/** For so many milliseconds after a change, what was before it is answered. */
export function changesLate(url: RegExp, ms: number): NonNullable<Difference["open"]> {
  return () => {
    const last = new Map<string, RawResponse>();
    const changed = new Map<string, { readonly at: number; readonly before: RawResponse }>();
    return (request, response) => {
      const place = `${request.host}${request.path}`;
      if (!url.test(`${request.method} ${place}`)) return response;
      if (request.method === "POST") {
        const before = last.get(place);
        if (before !== undefined) changed.set(place, { at: Date.now(), before });
        last.set(place, response);
        return response;
      }
      const late = changed.get(place);
      if (late !== undefined && Date.now() - late.at < ms) return late.before;
      if (response.status === 200) last.set(place, response);
      return response;
    };
  };
}

export type Item = Json & { data: { parameters: Record<string, string>; headers: Record<string, string> } };

/** Changes what the recorder kept, an event at a time. */
export function recorded(change: (items: Item[]) => Item[]): NonNullable<Difference["open"]> {
  return answered(/^GET sync\.twilio\.com.*\/Lists\/\w+\/Items/, (body) => {
    const all = body["items"] as Item[];
    if (!all.every(({ data }) => isObject(data) && "parameters" in data)) return body;
    const items = all.toSorted((one, other) => Number(one["index"]) - Number(other["index"]));
    return { ...body, items: change(items).map((item, index) => ({ ...item, index })) };
  });
}

export const isEvent = (event: string) => (item: Item) => item.data.parameters["EventType"] === event;
export const carries = (
  event: string,
  change: (parameters: Record<string, string>) => Record<string, string>,
) =>
  recorded((items) =>
    items.map((item) =>
      isEvent(event)(item)
        ? { ...item, data: { ...item.data, parameters: change(item.data.parameters) } }
        : item,
    ),
  );
export const without = (name: string) => (parameters: Record<string, string>) =>
  Object.fromEntries(Object.entries(parameters).filter(([key]) => key !== name));

/** Changes the variables of every Execution's context. */
export const variables = (change: (name: string, value: unknown) => unknown) =>
  answered(/^GET studio\.twilio\.com.*\/Executions\/FN\w+\/Context/, (body) => {
    const context = body["context"] as Json;
    const flow = context["flow"] as Json;
    const held = Object.entries((flow["variables"] ?? {}) as Json).map(([name, value]) => [
      name,
      change(name, value),
    ]);
    return {
      ...body,
      context: { ...context, flow: { ...flow, variables: Object.fromEntries(held) as Json } },
    };
  });

/** Changes an answer of a Function or an Asset. */
export function called(
  url: RegExp,
  change: (response: RawResponse) => RawResponse,
): NonNullable<Difference["open"]> {
  return () => (request, response) => (url.test(urlOf(request)) ? change(response) : response);
}

export const header =
  (name: string, value?: string) =>
  (response: RawResponse): RawResponse => ({
    ...response,
    headers: {
      ...Object.fromEntries(Object.entries(response.headers).filter(([key]) => key.toLowerCase() !== name)),
      ...(value === undefined ? {} : { [name]: value }),
    },
  });
