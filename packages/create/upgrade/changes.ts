/** What a changelog says between two versions: `## 0.2.0`, below it what to do by hand, and what changed. */
import { coerce, gt, lte, valid } from "semver";

export interface Release {
  readonly version: string;
  /** What a person must do by hand, each a paragraph of Markdown. */
  readonly byHand: readonly string[];
  readonly changes: readonly string[];
}

/**
 * The releases after one version, up to another, the newest first.
 *
 * @param text of `CHANGELOG.md`
 */
export function releasesBetween(text: string, from: string, to: string): Release[] {
  return text
    .split(/^## /m)
    .slice(1)
    .flatMap((section): Release[] => {
      const [title = "", ...lines] = section.split("\n");
      const version = valid(title.trim().split(/\s/)[0]?.replace(/[[\]]/g, ""));
      if (version === null || !gt(version, from) || !lte(version, to)) return [];
      const parts = lines.join("\n").split(/^### /m);
      const [plain = "", ...named] = parts;
      const hand = named.filter((part) => /^by hand/i.test(part));
      const rest = named.filter((part) => !hand.includes(part));
      return [{ version, byHand: hand.flatMap(items), changes: [plain, ...rest].flatMap(items) }];
    })
    .sort((one, other) => (gt(one.version, other.version) ? -1 : 1));
}

/** The items of a list, each on one line. */
function items(text: string): string[] {
  return text
    .split(/^[-*] /m)
    .slice(1)
    .map(
      (item) =>
        item
          .split(/\n\s*\n/)[0]
          ?.replace(/\s+/g, " ")
          .trim() ?? "",
    )
    .filter((item) => item !== "");
}

/** Whether a version is older than another one; what is no version is not. */
export const isOlder = (one: string, other: string): boolean => {
  const [left, right] = [valid(one) ?? coerce(one), valid(other) ?? coerce(other)];
  return left !== null && right !== null && gt(right, left);
};
