/**
 * Regular expressions of Split Based On that cannot run away. RE2 takes time in proportion to its input; what RE2 does
 * not have (look-around, back references) goes to JavaScript's own engine only in a form whose work is bounded.
 */
import { RE2JS } from "re2js";
import { limits } from "./limits.ts";

const { pattern: longestPattern, work, beyond } = limits.regex;
/** Patterns kept compiled. */
const mostKept = 1_000;

/** Whether a text matches as a whole; with a `problem` it was not tried, and does not match. */
export interface RegexResult {
  readonly held: boolean;
  readonly problem?: string;
}

type Matcher = (text: string) => RegexResult;
const matchers = new Map<string, Matcher>();

/** Whether the whole of a text matches a pattern, written without slashes; case does not count. Never throws. */
export function matchesWhole(pattern: string, text: string): RegexResult {
  let matcher = matchers.get(pattern);
  if (matcher === undefined) {
    matcher = matcherOf(pattern);
    if (matchers.size >= mostKept) matchers.clear();
    matchers.set(pattern, matcher);
  }
  return matcher(text);
}

/** Why a pattern is never tried; undefined when it is. */
export function patternProblem(pattern: string): string | undefined {
  return matchesWhole(pattern, "").problem;
}

function matcherOf(pattern: string): Matcher {
  if (pattern.length > longestPattern) return refused(`it is longer than ${longestPattern} characters`);
  try {
    const expression = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
    const longest = Math.floor(work / expression.programSize());
    return (text) =>
      text.length > longest
        ? { held: false, problem: `the text is longer than ${longest} characters` }
        : { held: expression.matches(text) };
  } catch (error) {
    return beyondRe2(pattern, error instanceof Error ? error.message : String(error));
  }
}

function beyondRe2(pattern: string, re2Says: string): Matcher {
  const bare = pattern.replace(/\\./g, "a").replace(/\[[^\]]*\]/g, "a");
  if (/\)[*+?{]/.test(bare) || pattern.length > beyond.pattern) return refused(re2Says);
  // With no group repeated, no path is tried twice, and there are no more of them than this.
  const repetitions = bare.match(/[*+{]/g)?.length ?? 0;
  const choices = bare.match(/\||(?<!\()\?/g)?.length ?? 0;
  const paths = work / 2 ** choices;
  const longest = Math.min(beyond.text, Math.floor(paths ** (1 / Math.max(repetitions, 1))));
  if (longest < 1) return refused(re2Says);
  try {
    const expression = new RegExp(`^(?:${pattern})$`, "i");
    return (text) =>
      text.length > longest
        ? { held: false, problem: `the text is longer than ${longest} characters` }
        : { held: expression.test(text) };
  } catch {
    return refused(re2Says);
  }
}

function refused(problem: string): Matcher {
  return () => ({ held: false, problem });
}
