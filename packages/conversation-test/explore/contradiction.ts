/**
 * Whether conditions of Split Based On can hold together. A contradiction is a proof: whoever finds none knows nothing.
 * Patterns are compared with nothing but themselves, for no sample says what a pattern takes.
 */
import { holds } from "@support-line/studio";

/** A condition on one text, and whether it held. */
export interface Fact {
  readonly type: string;
  /** What it compares with; no template. */
  readonly value: string;
  readonly held: boolean;
}

/** Facts of which at least one is true: two conditions of a transition that was not taken. */
export type Clause = readonly Fact[];

/** As many ways to choose a fact of each clause are looked at. */
const mostChoices = 64;

/** True only when no text whatever makes every clause true. */
export function contradict(clauses: readonly Clause[]): boolean {
  const choices = clauses.reduce((product, { length }) => product * length, 1);
  const certain = clauses.flatMap((clause) => (clause.length === 1 ? clause : []));
  if (excluded(certain)) return true;
  if (choices > mostChoices) return false;
  return chosen(clauses).every(excluded);
}

/** Every way to choose one fact of each clause; none when a clause has none. */
function chosen(clauses: readonly Clause[]): Fact[][] {
  return clauses.reduce<Fact[][]>(
    (ways, clause) => ways.flatMap((way) => clause.map((fact) => [...way, fact])),
    [[]],
  );
}

/** A fact about one of the predicates that the others are the opposite of; its value in the form that is compared. */
type Plain = Fact;

const opposites: Readonly<Record<string, string>> = {
  not_equal_to: "equal_to",
  does_not_match_any_of: "matches_any_of",
  does_not_contain: "contains",
  does_not_start_with: "starts_with",
};

function plainly({ type, value, held }: Fact): Plain {
  const text = type === "regex" ? value.trim() : value.trim().toLowerCase();
  if (type === "is_blank") return { type: "equal_to", value: "", held };
  if (type === "is_not_blank") return { type: "equal_to", value: "", held: !held };
  const opposite = Object.hasOwn(opposites, type) ? opposites[type] : undefined;
  return opposite === undefined ? { type, value: text, held } : { type: opposite, value: text, held: !held };
}

/** Whether no text makes all of these true. */
function excluded(facts: readonly Fact[]): boolean {
  const plain = facts.map(plainly);
  const words = wordsOf(plain);
  if (words !== undefined) {
    return !words.some((word) => plain.every(({ type, value, held }) => holds(type, word, value) === held));
  }
  return isAndIsNot(plain) || noPart(plain) || noneInForm(plain);
}

/** The only texts there can be; undefined when there are any number. */
function wordsOf(facts: readonly Plain[]): string[] | undefined {
  const listed = facts.find(({ type, held }) => held && (type === "equal_to" || type === "matches_any_of"));
  if (listed === undefined) return undefined;
  return listed.type === "equal_to" ? [listed.value] : listed.value.split(",").map((word) => word.trim());
}

function isAndIsNot(facts: readonly Plain[]): boolean {
  const keys = new Set(facts.map(({ type, value, held }) => `${held} ${type} ${value}`));
  return facts.some(({ type, value, held }) => held && keys.has(`false ${type} ${value}`));
}

/** What begins with this or holds that, and does not. */
function noPart(facts: readonly Plain[]): boolean {
  const values = (wanted: string, held: boolean) =>
    facts.flatMap((fact) => (fact.type === wanted && fact.held === held ? [fact.value] : []));
  const starts = values("starts_with", true);
  const parts = [...starts, ...values("contains", true)];
  return (
    // Every text begins with nothing and holds it.
    values("contains", false).some((part) => part === "" || parts.some((each) => each.includes(part))) ||
    values("starts_with", false).some(
      (start) => start === "" || starts.some((each) => each.startsWith(start)),
    ) ||
    starts.some((one) => starts.some((other) => !one.startsWith(other) && !other.startsWith(one)))
  );
}

interface Form {
  readonly is: RegExp;
  /** What such a text is made of. */
  readonly letters: RegExp;
  readonly less: string;
  readonly more: string;
  /** Whether nothing of this form lies within the bounds. */
  isEmpty(bounds: readonly Bound[]): boolean;
}

/** `less` than the value, or not; `more` than the value, or not. */
interface Bound {
  readonly value: string;
  readonly side: "less" | "more";
  readonly held: boolean;
}

const pad = (value: number, length = 2) => String(value).padStart(length, "0");

const forms: readonly Form[] = [
  {
    is: /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/,
    letters: /^[\d+.e-]*$/,
    less: "less_than",
    more: "greater_than",
    isEmpty: isEmptyRange,
  },
  {
    is: /^([01]\d|2[0-3]):[0-5]\d$/,
    letters: /^[\d:]*$/,
    less: "is_before_time",
    more: "is_after_time",
    isEmpty: (bounds) => !times.some((time) => isWithin(time, bounds)),
  },
  {
    is: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
    letters: /^[\d-]*$/,
    less: "is_before_date",
    more: "is_after_date",
    isEmpty: (bounds) => !datesBeside(bounds).some((date) => isWithin(date, bounds)),
  },
];

const times = Array.from({ length: 24 * 60 }, (_, at) => `${pad(Math.floor(at / 60))}:${pad(at % 60)}`);

/** What is compared as a number, a time or a date has its form; there may be none between the bounds. */
function noneInForm(facts: readonly Plain[]): boolean {
  const wanted = forms.filter(({ less, more }) =>
    facts.some(({ type, held }) => held && (type === less || type === more)),
  );
  const [form, other] = wanted;
  if (form === undefined) return false;
  // No text is both a number and a time.
  if (other !== undefined) return true;
  const parts = facts.filter(({ type, held }) => held && (type === "contains" || type === "starts_with"));
  if (parts.some(({ value }) => !form.letters.test(value))) return true;
  const bounds: Bound[] = [];
  for (const { type, value, held } of facts) {
    if (type !== form.less && type !== form.more) continue;
    if (form.is.test(value)) bounds.push({ value, side: type === form.less ? "less" : "more", held });
    // Nothing is less than what is no number.
    else if (held) return true;
  }
  return form.isEmpty(bounds);
}

function isEmptyRange(bounds: readonly Bound[]): boolean {
  let [low, high] = [-Infinity, Infinity];
  for (const { value, side, held } of bounds) {
    if (held === (side === "more")) low = Math.max(low, Number(value));
    else high = Math.min(high, Number(value));
  }
  const isOut = (at: number) =>
    bounds.some(
      ({ value, side, held }) => (side === "less" ? at < Number(value) : at > Number(value)) !== held,
    );
  return low > high || (low === high && isOut(low));
}

function isWithin(text: string, bounds: readonly Bound[]): boolean {
  return bounds.every(({ value, side, held }) => (side === "less" ? text < value : text > value) === held);
}

/** If any date lies within bounds, then one of them, or one right beside, or the first or last there is. */
function datesBeside(bounds: readonly Bound[]): string[] {
  const beside = bounds.flatMap(({ value }) => {
    const [year = 0, month = 1, day = 1] = value.split("-").map(Number);
    const at = (year * 12 + month - 1) * 31 + day - 1;
    return [at - 1, at, at + 1].map(dateAt);
  });
  return ["0000-01-01", ...beside, "9999-12-31"];
}

/** Every month has 31 days in the form that is compared. */
function dateAt(at: number): string {
  const most = 10_000 * 12 * 31 - 1;
  const days = Math.min(Math.max(at, 0), most);
  const months = Math.floor(days / 31);
  return `${pad(Math.floor(months / 12), 4)}-${pad((months % 12) + 1)}-${pad((days % 31) + 1)}`;
}
