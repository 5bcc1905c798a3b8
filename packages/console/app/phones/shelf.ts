/** Which phones somebody asked for and which they put away: kept in the browser, it is nobody else's affair. */

export interface Shelf {
  readonly added: readonly string[];
  readonly hidden: readonly string[];
}

const key = "console.phones";

/** What was kept; nothing where that cannot be read. */
export function readShelf(): Shelf {
  try {
    const value: unknown = JSON.parse(window.localStorage.getItem(key) ?? "{}");
    if (typeof value !== "object" || value === null) return { added: [], hidden: [] };
    const list = (name: string): string[] => {
      const found: unknown = Object.entries(value).find(([property]) => property === name)?.[1];
      return Array.isArray(found) ? found.filter((item) => typeof item === "string") : [];
    };
    return { added: list("added"), hidden: list("hidden") };
  } catch {
    return { added: [], hidden: [] };
  }
}

/** Keeps it. */
export function keepShelf(shelf: Shelf): void {
  window.localStorage.setItem(key, JSON.stringify(shelf));
}
