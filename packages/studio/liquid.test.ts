import { describe, expect, test } from "vitest";
import { renderLiquid } from "./liquid.ts";
import type { Context } from "./types.ts";

const now = Date.UTC(2026, 0, 31, 12);
const context: Context = {
  flow: {
    variables: { name: "Ada", count: "4", list: Array.from({ length: 20 }, (_, at) => at), o: { a: [1] } },
  },
  contact: { channel: { address: "+15550100201" } },
  trigger: { message: { Body: " Hi " } },
  widgets: { "ask-name": { inbound: { Body: "x" } } },
};
const render = (template: string) => renderLiquid(template, context, now);

describe("Liquid", () => {
  test.each([
    ["plain text, even with a } in it", "plain text, even with a } in it"],
    ["{{flow.variables.name}}", "Ada"],
    ["{{widgets.ask-name.inbound.Body}}", "x"],
    ["{{widgets['ask-name'].inbound.Body}}", "x"],
    ["[{{widgets.nobody.inbound.Body}}]", "[]"],
    ["{{flow.variables.count | plus: 1}}", "5"],
    ["{{trigger.message.Body | strip | downcase}}", "hi"],
    ["{{flow.variables.nothing | default: 'none'}}", "none"],
    ["{{contact.channel.address | replace: '+', '%2B'}}", "%2B15550100201"],
    ["{{flow.variables.o | to_json}}", '{"a":[1]}'],
    ["{{flow.variables.nothing | to_json}}", "null"],
    ["{% if flow.variables.count == '4' %}four{% else %}other{% endif %}", "four"],
    ["{% assign x = 'y' %}{{x}}", "y"],
    ["{% case flow.variables.name %}{% when 'Ada' %}A{% endcase %}", "A"],
    ['{{"now" | date: "%Y-%m-%d"}}', "2026-01-31"],
    ['{{"now" | date: "%H:%M %z"}}', "12:00 +0000"],
    ['{{"2026-07-01 10:00" | date: "%H:%M"}}', "10:00"],
    ['{{"2026-07-01T10:00:00+02:00" | date: "%H:%M %z"}}', "10:00 +0200"],
    ["{{flow.variables.o}} and {{flow.variables.o.a}}", '{"a":[1]} and 1'],
    ["{{7 | divided_by: 2}} {{7 | divided_by: 2.0}}", "3 3.5"],
  ])("%s", (template, result) => {
    expect(render(template)).toEqual({ result });
  });

  test("cuts loops at 15 rounds, whatever limit they name", () => {
    for (const limit of ["", " limit: 100"]) {
      expect(render(`{% for i in flow.variables.list${limit} %}x{% endfor %}`).result).toHaveLength(15);
    }
    expect(render("{% for i in flow.variables.list limit: 2 %}{{i}}{% endfor %}").result).toBe("01");
  });

  test.each([
    "{{ 1 | shout }}",
    "{% if %}",
    "{{ flow.variables.name ",
    "{% include 'x' %}",
    "{% render '/etc/passwd' %}",
    "{{ flow.variables.name + 1 }}",
    "{{ flow.variables.list | sample }}",
    "{{ 1 | divided_by: 0 }}",
  ])("%s is an error, and empty", (template) => {
    const { result, error } = render(template);
    expect(result).toBe("");
    expect(error).toBeTruthy();
  });

  test("sees its context and nothing else", () => {
    expect(render("{{constructor}}{{flow.constructor.name}}{{flow.__proto__}}{{process}}").result).toBe("");
  });

  test("changes nothing of its context", () => {
    const before = structuredClone(context);
    expect(
      render("{% increment flow %}{% decrement trigger %}{% assign contact = 1 %}").error,
    ).toBeUndefined();
    expect(context).toEqual(before);
  });

  test.each([
    ["loops in loops", "{% for a in (1..15) %}".repeat(7) + "x" + "{% endfor %}".repeat(7)],
    ["text that doubles", "{% assign a = 'xxxx' %}" + "{% assign a = a | append: a %}".repeat(40)],
    [
      "text captured twice over",
      "{% assign a = 'xxxx' %}" + "{% capture a %}{{a}}{{a}}{% endcapture %}".repeat(40),
    ],
    ["a list without end", "{{ (1..1000000000) | join }}"],
    ["a template as long as a book", "{{ 1 }}".repeat(50_000)],
  ])("cuts short %s, the same way every time", (_, template) => {
    const { error } = render(template);
    expect(error).toMatch(/limit/);
    expect(render(template).error).toBe(error);
  });
});
