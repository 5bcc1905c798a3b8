/**
 * Lists in pages. v1 and v2 answer `meta` beside the array; the API of 2010 answers page properties beside it.
 * https://www.twilio.com/docs/usage/twilios-response#pagination
 */
import type { Resource } from "@support-line/twilio-api";
import { TwilioError } from "../errors.ts";
import type { Body, Json, StoredObject } from "../product.ts";

export interface Page {
  readonly number: number;
  readonly size: number;
  readonly items: readonly StoredObject[];
  readonly total: number;
  /** SID of the last item of this page and of the page before, which the page tokens carry. */
  readonly hasNext: boolean;
  readonly first: number;
}

/** Cuts a page out of what a list shows. `PageToken` names the item before the page, so that new objects shift nothing. */
export function cutPage(resource: Resource, objects: readonly StoredObject[], query: URLSearchParams): Page {
  const max = resource.list?.maxPageSize ?? 1000;
  const size = positive(query.get("PageSize") ?? query.get("pageSize"), resource.list?.pageSize ?? 50, max);
  const number = Math.max(0, Number(query.get("Page") ?? 0) || 0);
  const after = /^PA(.+)$/.exec(query.get("PageToken") ?? query.get("pageToken") ?? "")?.[1];
  const place = after === undefined ? -1 : objects.findIndex((object) => object.sid === after);
  const first = place === -1 ? number * size : place + 1;
  const items = objects.slice(first, first + size);
  return { number, size, items, total: objects.length, hasNext: first + size < objects.length, first };
}

function positive(text: string | null, fallback: number, max: number): number {
  if (text === null) return fallback;
  const size = Number(text);
  if (!Number.isInteger(size) || size < 1) throw new TwilioError(20007, { max });
  return Math.min(size, max);
}

/** The links of a page: query strings, or null where there is no such page. */
function pageQueries(page: Page, objects: readonly StoredObject[], query: URLSearchParams) {
  const of = (number: number, token: string | undefined): string => {
    const next = new URLSearchParams(query);
    for (const name of ["Page", "PageSize", "PageToken"]) next.delete(name);
    next.set("PageSize", String(page.size));
    next.set("Page", String(number));
    if (token !== undefined) next.set("PageToken", `PA${token}`);
    return next.toString();
  };
  const before = objects[page.first - page.size - 1]?.sid;
  return {
    first: of(0, undefined),
    current: of(page.number, objects[page.first - 1]?.sid),
    next: page.hasNext ? of(page.number + 1, page.items.at(-1)?.sid) : null,
    previous: page.number > 0 ? of(page.number - 1, before) : null,
  };
}

/** The answer to a list, in the form of the resource's API. `path` is the path of the list as it was asked for. */
export function listBody(
  resource: Resource,
  path: string,
  query: URLSearchParams,
  objects: readonly StoredObject[],
  page: Page,
  shown: readonly Json[],
): Body {
  const queries = pageQueries(page, objects, query);
  const key = resource.list?.key ?? "items";
  if (resource.collectionPath?.startsWith("/2010-04-01") === true) {
    const uri = (text: string | null): string | null => (text === null ? null : `${path}?${text}`);
    return {
      [key]: [...shown],
      first_page_uri: uri(queries.first),
      end: Math.max(0, page.first + shown.length - 1),
      next_page_uri: uri(queries.next),
      page: page.number,
      page_size: page.size,
      previous_page_uri: uri(queries.previous),
      start: page.first,
      uri: uri(queries.current),
    };
  }
  if (resource.list?.tokens) {
    const next = page.hasNext ? page.items.at(-1)?.sid : undefined;
    const meta = { key, pageSize: shown.length, ...(next !== undefined && { nextToken: `PA${next}` }) };
    return { [key]: [...shown], meta };
  }
  const url = (text: string | null): string | null =>
    text === null ? null : `https://${resource.host}${path}?${text}`;
  return {
    [key]: [...shown],
    meta: {
      page: page.number,
      page_size: page.size,
      first_page_url: url(queries.first),
      previous_page_url: url(queries.previous),
      url: url(queries.current),
      next_page_url: url(queries.next),
      key,
    },
  };
}
