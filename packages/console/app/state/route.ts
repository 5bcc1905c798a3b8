/** Which view is open: its path below `/_local/console/`, and what is picked in it. */
import { useSyncExternalStore } from "react";

const base = "/_local/console/";

export interface Route {
  /** `executions`, `FN…`: the parts of the path. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
}

let cached: { readonly href: string; readonly route: Route } | undefined;

function read(): Route {
  const { href, pathname, search } = window.location;
  if (cached?.href === href) return cached.route;
  const parts = pathname.slice(base.length).split("/").filter(Boolean);
  cached = { href, route: { parts, query: new URLSearchParams(search) } };
  return cached.route;
}

function subscribe(changed: () => void): () => void {
  window.addEventListener("popstate", changed);
  window.addEventListener("routed", changed);
  return () => {
    window.removeEventListener("popstate", changed);
    window.removeEventListener("routed", changed);
  };
}

/** The open view. */
export function useRoute(): Route {
  return useSyncExternalStore(subscribe, read);
}

/** The address of a view: `hrefOf("executions", sid)`. */
export function hrefOf(...parts: readonly string[]): string {
  return base + parts.map(encodeURIComponent).join("/");
}

/** Opens a view. `replace` leaves no entry in the history, for what changes with every key. */
export function go(href: string, { replace = false } = {}): void {
  if (replace) window.history.replaceState(null, "", href);
  else window.history.pushState(null, "", href);
  window.dispatchEvent(new Event("routed"));
}

/** Changes what is picked in the open view. */
export function pick(changes: Readonly<Record<string, string | null>>): void {
  const url = new URL(window.location.href);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  go(url.pathname + url.search, { replace: true });
}
