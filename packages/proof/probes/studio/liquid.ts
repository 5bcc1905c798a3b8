/** What Liquid comes to in Studio, one expression a fact. */
import { touchedByTemplate } from "@support-line/local-twilio/proof";
import type { Probe } from "../../probe.ts";
import { at, flowOf, keep, makeFlow, runFlow } from "./flows.ts";

const page = "https://www.twilio.com/docs/studio/user-guide/liquid-template-language";

/** What the expressions find under `flow.data`. */
const data = {
  word: "Hello World",
  empty: "",
  number: "7",
  price: "3.7",
  phone: "+15005550006",
  spaces: "  two  spaces  ",
  html: "<b>bold</b> & more",
  list: "red,green,blue",
  date: "2026-01-30T12:00:00Z",
  items: [{ name: "b" }, { name: "a" }],
  deep: { inside: { value: "found" } },
  count: 5,
  yes: true,
};

/** By name; what they come to is seen, and not said here. */
const expressions: Readonly<Record<string, string>> = {
  "plain text": "hello",
  output: "{{flow.data.word}}",
  "output of the trigger": "{{trigger.request.parameters.word}}",
  "output with spaces": "{{ flow.data.word }}",
  missing: "[{{flow.data.nothing}}]",
  "missing deep": "[{{widgets.none.body.more}}]",
  deep: "{{flow.data.deep.inside.value}}",
  "deep by brackets": "{{flow.data['deep']['inside'].value}}",
  object: "{{flow.data.deep}}",
  array: "{{flow.data.items}}",
  "array by index": "{{flow.data.items[0].name}}",
  "array past the end": "[{{flow.data.items[9].name}}]",
  "a number": "{{flow.data.count}}",
  "a boolean": "{{flow.data.yes}}",
  "in other letters": "[{{flow.data.WORD}}]",
  "the Execution's SID": "{{flow.sid}}",
  "the Flow's SID": "{{flow.flow_sid}}",
  "the channel": "{{flow.channel.address}}",
  "the contact": "{{contact.channel.address}}",
  upcase: "{{flow.data.word | upcase}}",
  downcase: "{{flow.data.word | downcase}}",
  capitalize: "{{'hELLO wORLD' | capitalize}}",
  append: "{{flow.data.word | append: '!'}}",
  prepend: "{{flow.data.word | prepend: '> '}}",
  replace: "{{flow.data.word | replace: 'World', 'you'}}",
  "replace first": "{{flow.data.word | replace_first: 'l', 'L'}}",
  remove: "{{flow.data.word | remove: 'l'}}",
  "remove first": "{{flow.data.word | remove_first: 'l'}}",
  size: "{{flow.data.word | size}}",
  "size of an array": "{{flow.data.items | size}}",
  slice: "{{flow.data.word | slice: 0, 5}}",
  "slice from the end": "{{flow.data.word | slice: -5, 5}}",
  truncate: "{{flow.data.word | truncate: 8}}",
  truncatewords: "{{flow.data.word | truncatewords: 1}}",
  strip: "[{{flow.data.spaces | strip}}]",
  lstrip: "[{{flow.data.spaces | lstrip}}]",
  rstrip: "[{{flow.data.spaces | rstrip}}]",
  "strip html": "{{flow.data.html | strip_html}}",
  escape: "{{flow.data.html | escape}}",
  "url encode": "{{'a+b c/d' | url_encode}}",
  "url decode": "{{'%2B1' | url_decode}}",
  "newline to br": "{{flow.data.word | newline_to_br}}",
  "split and join": "{{flow.data.list | split: ',' | join: ' and '}}",
  first: "{{flow.data.list | split: ',' | first}}",
  last: "{{flow.data.list | split: ',' | last}}",
  reverse: "{{flow.data.list | split: ',' | reverse | join: ','}}",
  sort: "{{flow.data.list | split: ',' | sort | join: ','}}",
  uniq: "{{'a,b,a' | split: ',' | uniq | join: ','}}",
  map: "{{flow.data.items | map: 'name' | join: ','}}",
  plus: "{{flow.data.number | plus: 3}}",
  minus: "{{flow.data.number | minus: 3}}",
  times: "{{flow.data.number | times: 3}}",
  "divided by": "{{flow.data.number | divided_by: 2}}",
  "divided by a fraction": "{{flow.data.number | divided_by: 2.0}}",
  modulo: "{{flow.data.number | modulo: 4}}",
  round: "{{flow.data.price | round}}",
  ceil: "{{flow.data.price | ceil}}",
  floor: "{{flow.data.price | floor}}",
  abs: "{{-5 | abs}}",
  default: "{{flow.data.nothing | default: 'none'}}",
  "default of empty text": "{{flow.data.empty | default: 'none'}}",
  date: "{{flow.data.date | date: '%d/%m/%y %H.%M'}}",
  "date in words": "{{flow.data.date | date: '%A %e %B'}}",
  "to json": "{{flow.data.deep | to_json}}",
  "to json of text": "{{flow.data.word | to_json}}",
  if: "{% if flow.data.word == 'Hello World' %}yes{% else %}no{% endif %}",
  "if of empty text": "{% if flow.data.empty %}yes{% else %}no{% endif %}",
  "if of a missing one": "{% if flow.data.nothing %}yes{% else %}no{% endif %}",
  "if contains": "{% if flow.data.word contains 'World' %}yes{% else %}no{% endif %}",
  "if and or": "{% if true and false or true %}yes{% else %}no{% endif %}",
  "number compared with text": "{% if flow.data.number > 5 %}yes{% else %}no{% endif %}",
  elsif: "{% if false %}a{% elsif true %}b{% else %}c{% endif %}",
  unless: "{% unless flow.data.nothing %}yes{% endunless %}",
  case: "{% case flow.data.number %}{% when '7' %}seven{% else %}other{% endcase %}",
  for: "{% for item in flow.data.items %}{{item.name}}{% endfor %}",
  "for of a range": "{% for i in (1..20) %}{{i}},{% endfor %}",
  "forloop index": "{% for item in flow.data.items %}{{forloop.index}}{% endfor %}",
  assign: "{% assign x = 'kept' %}{{x}}",
  capture: "{% capture x %}a{{flow.data.number}}{% endcapture %}{{x}}",
  increment: "{% increment n %}{% increment n %}",
  comment: "a{% comment %}hidden{% endcomment %}b",
  raw: "{% raw %}{{not}}{% endraw %}",
  "white space control": "a {{- flow.data.number -}} b",
};

/** Of those that should fail: each in a Flow of its own, so that none keeps another from being seen. */
const failing: Readonly<Record<string, string>> = {
  "unknown filter": "a{{flow.data.word | nosuchfilter}}b",
  "unknown tag": "a{% nosuchtag %}b",
  "unbalanced braces": "a{{flow.data.word",
  "unbalanced tag": "a{% if true %}b",
  "plus sign": "{{flow.data.number + 1}}",
  "division by zero": "{{7 | divided_by: 0}}",
};

const idOf = (name: string) => `studio.liquid.${name.replaceAll(" ", "-").replaceAll("'", "")}`;
const failingId = (name: string) => `studio.liquid-fails.${name.replaceAll(" ", "-")}`;

export const liquidProbe: Probe = {
  name: "studio/liquid",
  part: "studio",
  matters: "every text and value that a Flow puts together",
  questions: [
    ...Object.entries(expressions).map(([name, expression]) => ({
      id: idOf(name),
      asks: expression,
      source: page,
      touches: touchedByTemplate(expression),
    })),
    ...Object.entries(failing).map(([name, expression]) => ({
      id: failingId(name),
      asks: `${expression}: what it comes to, and whether the Execution goes on`,
      source: "https://www.twilio.com/docs/api/errors/81018",
    })),
  ],
  async run(asked) {
    const keys = Object.keys(expressions);
    const values = Object.fromEntries(Object.values(expressions).map((text, index) => [`v${index}`, text]));
    const flow = await makeFlow(asked, "liquid", flowOf(keep("keep", values)));
    const { context } = await runFlow(asked, flow, data);
    for (const [index, name] of keys.entries()) {
      asked.saw(idOf(name), at(context, `flow.variables.v${index}`) ?? "missing");
    }
    for (const [name, text] of Object.entries(failing)) {
      const failingFlow = await makeFlow(
        asked,
        `liquid-${name}`.replaceAll(" ", "-"),
        flowOf(keep("keep", { v: text }, "after"), keep("after", { reached: "yes" })),
      );
      const ran = await runFlow(asked, failingFlow, data);
      asked.saw(failingId(name), {
        value: at(ran.context, "flow.variables.v") ?? "missing",
        goesOn: at(ran.context, "flow.variables.reached") ?? "no",
      });
    }
  },
};
