/** Which phones somebody asked for and which they put away: kept in the browser, it is nobody else's affair. */

export interface Shelf {
  /** Those that were asked for, the last one last. */
  readonly added: readonly string[];
  /** When each was put away, by the local Twilio's clock, as ISO 8601 in whole seconds. A conversation that begins later brings it back. */
  readonly hidden: Readonly<Record<string, string>>;
}

const key = "console.phones";
const empty: Shelf = { added: [], hidden: {} };

/** What was kept; nothing where that cannot be read. */
export function readShelf(): Shelf {
  try {
    const value: unknown = JSON.parse(window.localStorage.getItem(key) ?? "{}");
    if (typeof value !== "object" || value === null) return empty;
    const { added, hidden } = value as { readonly added?: unknown; readonly hidden?: unknown };
    return {
      added: Array.isArray(added) ? added.filter((item) => typeof item === "string") : [],
      hidden:
        typeof hidden === "object" && hidden !== null && !Array.isArray(hidden)
          ? Object.fromEntries(
              Object.entries(hidden).filter((pair): pair is [string, string] => typeof pair[1] === "string"),
            )
          : {},
    };
  } catch {
    return empty;
  }
}

/** Keeps it. */
export function keepShelf(shelf: Shelf): void {
  window.localStorage.setItem(key, JSON.stringify(shelf));
}
