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
  ])("%s is an error, and empty", (template) => {
    const { result, error } = render(template);
    expect(result).toBe("");
    expect(error).toBeTruthy();
  });

  test("sees its context and nothing else", () => {
    expect(render("{{constructor}}{{flow.constructor.name}}{{flow.__proto__}}{{process}}").result).toBe("");
  });

  test("cannot hang: a template that multiplies itself is cut short", () => {
    const nested = "{% for a in (1..15) %}".repeat(7) + "{{flow.variables.name}}" + "{% endfor %}".repeat(7);
    expect(render(nested).error).toMatch(/limit/);
  });
});
