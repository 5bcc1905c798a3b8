/** When the predicates of Split Based On hold, one pair of values a fact. */
import type { Probe } from "../../probe.ts";
import { at, flowOf, keep, makeFlow, runFlow, split, type State } from "./flows.ts";

const page = "https://www.twilio.com/docs/studio/widget-library/split-based-on";

/** Predicate, what is compared, with what. */
const cases: readonly (readonly [type: string, argument: string, value: string])[] = [
  ["equal_to", "yes", "yes"],
  ["equal_to", "YES", "yes"],
  ["equal_to", " yes ", "yes"],
  ["equal_to", "yes please", "yes"],
  ["equal_to", "1.0", "1"],
  ["not_equal_to", "YES", "yes"],
  ["not_equal_to", "no", "yes"],
  ["matches_any_of", "yup", "yes, yeah, yup"],
  ["matches_any_of", "YUP", "yes,yup"],
  ["matches_any_of", "yes,yup", "yes,yup"],
  ["matches_any_of", "", "yes,"],
  ["does_not_match_any_of", "no", "yes,yup"],
  ["does_not_match_any_of", "yup", "yes, yup"],
  ["contains", "I say Yes now", "yes"],
  ["contains", "abc", ""],
  ["contains", "no", "yes"],
  ["does_not_contain", "no", "yes"],
  ["does_not_contain", "YES", "yes"],
  ["starts_with", "Yes please", "yes"],
  ["starts_with", " yes", "yes"],
  ["starts_with", "oh yes", "yes"],
  ["does_not_start_with", "oh yes", "yes"],
  ["does_not_start_with", "YES", "yes"],
  ["is_blank", "", "x"],
  ["is_blank", "   ", "x"],
  ["is_blank", "Twilio", "x"],
  ["is_not_blank", "Twilio", "x"],
  ["is_not_blank", " ", "x"],
  ["regex", "3", "[1-5]"],
  ["regex", "6", "[1-5]"],
  ["regex", "a3", "[1-5]"],
  ["regex", "HELLO", "hello"],
  ["regex", "order 12", "order \\d+"],
  ["regex", "abab", "(ab)\\1"],
  ["regex", "anything", "("],
  ["less_than", "3", "5"],
  ["less_than", "10", "9"],
  ["less_than", "a", "b"],
  ["less_than", "1e1", "11"],
  ["greater_than", "5", "3"],
  ["greater_than", "5.5", "5"],
  ["greater_than", "five", "3"],
  ["is_before_date", "2026-01-01", "2026-01-02"],
  ["is_before_date", "2026-1-1", "2026-01-02"],
  ["is_after_date", "2026-01-03", "2026-01-02"],
  ["is_after_date", "2026-01-02", "2026-01-02"],
  ["is_before_time", "08:00", "09:30"],
  ["is_before_time", "8:00", "09:30"],
  ["is_after_time", "10:00", "09:30"],
  ["is_after_time", "09:30", "09:30"],
];

const idOf = (index: number) => {
  const [type = ""] = cases[index] ?? [];
  const before = cases.slice(0, index).filter(([other]) => other === type).length;
  return `studio.predicate.${type}.${before + 1}`;
};

/** One Flow that asks all of them in turn and keeps what each came to. */
function states(): readonly State[] {
  return cases.flatMap(([type, , value], index) => {
    const next = index + 1 < cases.length ? `split${index + 1}` : "";
    return [
      split(`split${index}`, `{{flow.data.a${index}}}`, [{ type, value }], `yes${index}`, `no${index}`),
      keep(`yes${index}`, { [`p${index}`]: "holds" }, next),
      keep(`no${index}`, { [`p${index}`]: "does not hold" }, next),
    ];
  });
}

export const predicatesProbe: Probe = {
  name: "studio/predicates",
  part: "studio",
  matters: "where a Flow goes on what somebody writes",
  questions: cases.map(([type, argument, value], index) => ({
    id: idOf(index),
    asks: `"${argument}" ${type} "${value}"`,
    source: page,
    touches: [`predicate:${type}`],
  })),
  async run(asked) {
    const flow = await makeFlow(asked, "predicates", flowOf(...states()));
    const data = Object.fromEntries(cases.map(([, argument], index) => [`a${index}`, argument]));
    const { context } = await runFlow(asked, flow, data, 60);
    for (const index of cases.keys()) {
      asked.saw(idOf(index), at(context, `flow.variables.p${index}`) ?? "missing");
    }
  },
};
