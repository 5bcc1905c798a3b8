/** For each rule of advice, Flows that trigger it and Flows that must not. */
import { flow, state } from "../../testing/play.ts";
import type { FlowDefinition, JsonObject, State } from "../../types.ts";

export const say = (name: string, next: Record<string, string> = {}, body = "hello") =>
  state(name, "send-message", { body }, next);
const ask = (name: string, next: Record<string, string> = {}) =>
  state(name, "send-and-wait-for-reply", { body: "?", timeout: "60" }, { timeout: "bye", ...next });
export const run = (name: string, next: Record<string, string> = {}, given: JsonObject = {}) =>
  state(name, "run-function", { url: "https://example.com/find-agent", ...given }, next);
const set = (name: string, key: string, value: string, next: Record<string, string> = {}) =>
  state(name, "set-variables", { variables: [{ key, value }] }, next);
export const bye = say("bye");

type Match = readonly [type: string, value: string, next: string];
/** A split on a reply; one transition for each match. */
function split(
  name: string,
  matches: readonly Match[],
  noMatch = "bye",
  input = "{{trigger.conversation.Body}}",
): State {
  return {
    name,
    type: "split-based-on",
    properties: { input },
    transitions: [
      { event: "noMatch", next: noMatch },
      ...matches.map(([type, value, next]) => ({
        event: "match",
        next,
        conditions: [{ friendly_name: value, arguments: [input], type, value }],
      })),
    ],
  };
}

/** A question that is asked again until a variable is 3. */
const counting = (value: string): FlowDefinition =>
  flow(
    ask("ask", { incomingMessage: "count" }),
    set("count", "tries", value, { next: "enough" }),
    split("enough", [["equal_to", "3", "bye"]], "ask", "{{flow.variables.tries}}"),
    bye,
  );

/** A Flow that triggers the rule, one that must not, and where the finding stands. */
export interface Case {
  readonly bad: FlowDefinition;
  readonly at: string;
  readonly good: FlowDefinition;
}

/** By code. */
export const cases: Readonly<Record<string, readonly Case[]>> = {
  "unreachable-widget": [
    { bad: flow(say("hi"), bye), at: "#/states/2", good: flow(say("hi", { sent: "bye" }), bye) },
  ],
  "retired-widget": [
    {
      bad: flow(
        state(
          "bot",
          "send-to-auto-pilot",
          { autopilot_assistant_sid: "UA1", chat_channel: "c", from: "f", body: "b", timeout: 14400 },
          { sessionEnded: "bye", failure: "" },
        ),
        bye,
      ),
      at: "#/states/1/type",
      good: flow(run("bot", { success: "bye", fail: "bye" }), bye),
    },
  ],
  "transition-to-nowhere": [
    {
      bad: flow(say("hi", { sent: "bey" }), bye),
      at: "#/states/1/transitions/0/next",
      good: flow(say("hi", { sent: "bye", failed: "" }), bye),
    },
    {
      bad: flow(ask("hi", { incomingMessage: "Trigger" }), bye),
      at: "#/states/1/transitions/1/next",
      good: flow(ask("hi", { incomingMessage: "hi" }), bye),
    },
  ],
  "dangling-failure": [
    {
      bad: flow(run("find", { success: "bye", fail: "" }), bye),
      at: "#/states/1/transitions/1/next",
      good: flow(run("find", { success: "bye", fail: "bye" }), bye),
    },
    // At the end of a Flow there is nothing that a failure would keep from happening.
    {
      bad: flow(run("find", { success: "bye" }), bye),
      at: "#/states/1/transitions",
      good: flow(run("find")),
    },
    // Whoever does not reply has mostly gone; keys that nobody presses are waited for.
    {
      bad: flow(state("ask", "gather-input-on-call", { say: "?" }, { keypress: "bye" }), bye),
      at: "#/states/1/transitions",
      good: flow(state("ask", "send-and-wait-for-reply", { body: "?" }, { incomingMessage: "bye" }), bye),
    },
  ],
  "variable-never-set": [
    {
      bad: flow(say("hi", { sent: "set" }, "{{flow.variables.name}}"), set("set", "name", "x")),
      at: "#/states/1/properties/body",
      good: flow(set("set", "name", "x", { next: "hi" }), say("hi", {}, "{{flow.variables.name | upcase}}")),
    },
    // What was set in the last round is there in the next.
    {
      bad: flow(say("hi", {}, "{{flow.variables.name}}")),
      at: "#/states/1/properties/body",
      good: flow(
        say("hi", { sent: "ask" }, "{{flow.variables.name}}"),
        ask("ask", { incomingMessage: "set" }),
        set("set", "name", "x", { next: "hi" }),
        bye,
      ),
    },
    {
      bad: flow(say("hi", { sent: "ask" }, "{{widgets.ask.inbound.Body}}"), ask("ask"), bye),
      at: "#/states/1/properties/body",
      good: flow(ask("ask", { incomingMessage: "hi" }), say("hi", {}, "{{widgets.ask.inbound.Body}}"), bye),
    },
    {
      bad: flow(say("hi", {}, "{{trigger.call.From}}")),
      at: "#/states/1/properties/body",
      good: flow(
        say("hi", {}, "{{trigger.conversation.Author}}{{flow.data.anything}}{{contact.channel.address}}"),
      ),
    },
    {
      bad: flow(say("hi", {}, "{{trigger.request.parameters.name}}")),
      at: "#/states/1/properties/body",
      good: flow(
        say(
          "hi",
          {},
          "{% if trigger.request.parameters.name %}{{trigger.request.parameters.name}}{% endif %}",
        ),
        say(
          "either",
          {},
          "{%if trigger.request%}{{trigger.request.parameters.a}}{%else%}{{trigger.call.From}}{%endif%}",
        ),
        say("part", {}, "{% unless flow.variables.a == blank %}{{flow.variables.a.b}}{% endunless %}"),
        say("more", {}, "{{flow.variables.name | default: 'you'}}"),
        state("sms", "send-message", {
          service: "{{trigger.message.InstanceSid}}",
          channel: "{{trigger.message.ChannelSid}}",
        }),
      ),
    },
  ],
  "unknown-widget-variable": [
    {
      bad: flow(ask("ask", { incomingMessage: "hi" }), say("hi", {}, "{{widgets.aks.inbound.Body}}"), bye),
      at: "#/states/2/properties/body",
      good: flow(ask("ask", { incomingMessage: "hi" }), say("hi", {}, "{{widgets.ask.inbound.Body}}"), bye),
    },
    {
      bad: flow(ask("ask", { incomingMessage: "hi" }), say("hi", {}, "{{widgets.ask.Body}}"), bye),
      at: "#/states/2/properties/body",
      // Whatever a call brings may be read.
      good: flow(
        state("ask", "gather-input-on-call", { say: "?" }, { keypress: "hi", timeout: "hi" }),
        say("hi", {}, "{{widgets.ask.Digits}}{{widgets.ask.CallSid}}"),
      ),
    },
    {
      bad: flow(set("set", "name", "x", { next: "hi" }), say("hi", {}, "{{widgets.set.nmae}}")),
      at: "#/states/2/properties/body",
      good: flow(set("set", "name", "x", { next: "hi" }), say("hi", {}, "{{widgets.set.name}}")),
    },
  ],
  "broken-template": [
    {
      bad: flow(say("hi", {}, "{{flow.data.name")),
      at: "#/states/1/properties/body",
      good: flow(say("hi", {}, "{{flow.data.name}} { }} {% raw %}{{{% endraw %}")),
    },
  ],
  "missing-function": [
    {
      bad: flow(run("find", {}, { url: "https://x.twil.io/find-agnet" })),
      at: "#/states/1/properties/url",
      good: flow(
        run("find", { success: "other" }, { url: "https://x.twil.io/find-agent?x=1" }),
        run("other", {}, { url: "https://x.twil.io/{{flow.data.which}}" }),
      ),
    },
  ],
  "branch-never-matches": [
    {
      bad: flow(split("split", [["less_than", "ten", "bye"]]), bye),
      at: "#/states/1/transitions/1/conditions",
      good: flow(
        split("split", [
          ["less_than", "10", "bye"],
          ["less_than", "{{flow.data.most}}", "bye"],
          ["regex", "[A-Z]+", "bye"],
        ]),
        bye,
      ),
    },
    {
      bad: flow(split("split", [["regex", "(", "bye"]]), bye),
      at: "#/states/1/transitions/1/conditions",
      good: flow(split("split", [["equal_to", "(", "bye"]]), bye),
    },
    {
      bad: flow(bothOf(["equal_to", "yes"], ["equal_to", "no"]), bye),
      at: "#/states/1/transitions/0/conditions",
      good: flow(bothOf(["not_equal_to", "yes"], ["not_equal_to", "no"]), bye),
    },
    {
      bad: flow(
        { ...split("split", []), transitions: [{ event: "match", next: "bye", conditions: [] }] },
        bye,
      ),
      at: "#/states/1/transitions/0",
      good: flow(split("split", [["is_blank", "Is blank", "bye"]]), bye),
    },
  ],
  "shadowed-branch": [
    {
      bad: flow(
        split("split", [
          ["contains", "no", "bye"],
          ["equal_to", "North ", "hi"],
        ]),
        bye,
        say("hi"),
      ),
      at: "#/states/1/transitions/2/conditions",
      good: flow(
        split("split", [
          ["equal_to", "North ", "hi"],
          ["contains", "no", "bye"],
        ]),
        bye,
        say("hi"),
      ),
    },
    {
      bad: flow(
        split("split", [
          ["matches_any_of", "yes, y", "bye"],
          ["matches_any_of", "ok, Y", "hi"],
        ]),
        bye,
        say("hi"),
      ),
      at: "#/states/1/transitions/2/conditions",
      // Two ways to one place are no harm.
      good: flow(
        split("split", [
          ["matches_any_of", "yes, y", "bye"],
          ["matches_any_of", "ok, Y", "bye"],
        ]),
        bye,
      ),
    },
    {
      bad: flow(
        split("split", [
          ["greater_than", "5", "bye"],
          ["greater_than", "10", "hi"],
        ]),
        bye,
        say("hi"),
      ),
      at: "#/states/1/transitions/2/conditions",
      good: flow(
        split("split", [
          ["greater_than", "10", "hi"],
          ["greater_than", "5", "bye"],
        ]),
        bye,
        say("hi"),
      ),
    },
    {
      bad: flow(
        split("split", [
          ["is_not_blank", "", "bye"],
          ["contains", "x", "hi"],
        ]),
        bye,
        say("hi"),
      ),
      at: "#/states/1/transitions/2/conditions",
      good: flow(
        split("split", [
          ["is_not_blank", "", "bye"],
          ["regex", ".*", "hi"],
        ]),
        bye,
        say("hi"),
      ),
    },
  ],
  "stuck-counter": [
    {
      bad: counting("{% if flow.variables.retry %}{{flow.variables.tries | plus: 1}}{% else %}1{% endif %}"),
      at: "#/states/2/properties/variables/0/value",
      good: counting("{% if flow.variables.tries %}{{flow.variables.tries | plus: 1}}{% else %}1{% endif %}"),
    },
    {
      bad: counting("{{flow.variables.tries | times: 2}}"),
      at: "#/states/2/properties/variables/0/value",
      good: counting("{{flow.variables.tries | plus: 1}}"),
    },
    {
      bad: counting("{{flow.variables.tries | default: 'none'}}"),
      at: "#/states/2/properties/variables/0/value",
      good: counting("{{flow.variables.tries}}{{widgets.ask.inbound.Body}}"),
    },
  ],
  "loop-without-wait": [
    {
      bad: flow(run("find", { success: "bye", fail: "find" }), bye),
      at: "#/states/1/transitions",
      good: flow(ask("ask", { incomingMessage: "ask", timeout: "ask" })),
    },
    {
      bad: flow(say("hi", { sent: "split" }), split("split", [["equal_to", "x", "bye"]], "hi"), bye),
      at: "#/states/1/transitions",
      // The rounds are counted, or a Function says when it is enough.
      good: flow(
        set("count", "round", "{{flow.variables.round | default: 0 | plus: 1}}", { next: "split" }),
        split("split", [["greater_than", "3", "find"]], "count", "{{flow.variables.round}}"),
        run("find", { success: "ready", fail: "bye" }),
        split("ready", [["equal_to", "yes", "bye"]], "find", "{{widgets.find.parsed.ready}}"),
        bye,
      ),
    },
  ],
  "loop-without-answer": [
    // A Function that fails each time: nothing but a reply or its success ends it.
    {
      bad: flow(
        run("hours", { success: "bye", fail: "moment" }),
        ask("moment", { incomingMessage: "bye", timeout: "again", deliveryFailure: "again" }),
        run("again", { success: "hours", fail: "hours" }),
        bye,
      ),
      at: "#/states/2/transitions/0/next",
      good: flow(
        set("begin", "round", "1", { next: "hours" }),
        run("hours", { success: "bye", fail: "moment" }),
        ask("moment", { incomingMessage: "begin", timeout: "count", deliveryFailure: "count" }),
        set("count", "round", "{{flow.variables.round | plus: 1}}", { next: "enough" }),
        split("enough", [["greater_than", "3", "bye"]], "hours", "{{flow.variables.round}}"),
        bye,
      ),
    },
    // A reminder. One is fine, and so is one that a Function or a mark ends.
    {
      bad: flow(ask("remind", { timeout: "remind" })),
      at: "#/states/1/transitions/0/next",
      good: flow(
        ask("ask", { timeout: "paid" }),
        run("paid", { success: "is-paid", fail: "bye" }),
        split("is-paid", [["equal_to", "yes", "bye"]], "ask", "{{widgets.paid.parsed.paid}}"),
        bye,
      ),
    },
    {
      bad: flow(
        ask("ask", { incomingMessage: "hear", timeout: "hear" }),
        set("hear", "said", "{{widgets.ask.inbound.Body}}", { next: "split" }),
        split("split", [["equal_to", "yes", "bye"]], "ask", "{{flow.variables.said}}"),
        bye,
      ),
      at: "#/states/1/transitions/0/next",
      good: flow(
        ask("ask", { incomingMessage: "bye", timeout: "split" }),
        split("split", [["equal_to", "yes", "bye"]], "mark", "{{flow.variables.reminded}}"),
        set("mark", "reminded", "yes", { next: "ask" }),
        bye,
      ),
    },
    // The count is begun again in a round that passes it by, and the Function's answer is read though it gives none.
    {
      bad: flow(
        set("count", "round", "{{flow.variables.round | plus: 1}}", { next: "enough" }),
        split("enough", [["greater_than", "3", "bye"]], "ask", "{{flow.variables.round}}"),
        ask("ask", { timeout: "begin", deliveryFailure: "count" }),
        set("begin", "round", "0", { next: "enough" }),
        bye,
      ),
      at: "#/states/3/transitions/0/next",
      good: flow(
        ask("ask", { timeout: "hour" }),
        split("hour", [["greater_than", "20", "bye"]], "ask", "{{'now' | date: '%H'}}"),
        bye,
      ),
    },
    // No wait at all, and a split that only success reaches.
    {
      bad: flow(
        run("find", { success: "ready", fail: "sorry" }),
        split("ready", [["equal_to", "yes", "bye"]], "find", "{{widgets.find.parsed.ready}}"),
        say("sorry", { sent: "find" }),
        bye,
      ),
      at: "#/states/3/transitions/0/next",
      good: flow(
        run("find", { success: "ready", fail: "sorry" }),
        split("ready", [["equal_to", "yes", "bye"]], "find", "{{widgets.find.parsed.ready}}"),
        say("sorry", { sent: "bye" }),
        bye,
      ),
    },
    // A person who is called again and again, with a message each time.
    {
      bad: flow(
        say("hi", { sent: "call" }),
        state(
          "call",
          "make-outgoing-call-v2",
          {},
          { answered: "bye", busy: "hi", noAnswer: "hi", failed: "bye" },
        ),
        bye,
      ),
      at: "#/states/1/transitions/0/next",
      // On a call, whoever says nothing hangs up.
      good: flow(
        state("menu", "gather-input-on-call", { say: "?" }, { keypress: "bye", timeout: "hi" }),
        say("hi", { sent: "menu", failed: "menu" }),
        bye,
      ),
    },
  ],
  "opt-out-keyword": [
    {
      bad: flow(split("split", [["matches_any_of", "done, Cancel", "bye"]]), bye),
      at: "#/states/1/transitions/1/conditions/0/value",
      good: flow(split("split", [["matches_any_of", "done, yes, cancel it", "bye"]]), bye),
    },
    // What is not the customer's message is nobody's opt-out, and to take note of one is right.
    {
      bad: flow(split("split", [["equal_to", "stop", "bye"]]), bye),
      at: "#/states/1/transitions/1/conditions/0/value",
      good: flow(
        split("split", [["equal_to", "stop", "note"]]),
        split("other", [["equal_to", "end", "bye"]], "bye", "{{widgets.note.parsed.state}}"),
        run("note"),
        bye,
      ),
    },
  ],
  "secret-in-flow": [
    {
      bad: flow(run("find", {}, { parameters: [{ key: "api_key", value: "k3yOfSomebody99" }] })),
      at: "#/states/1/properties/parameters/0/value",
      good: flow(
        run(
          "find",
          {},
          {
            service_sid: "ZS0123456789abcdef0123456789abcdef",
            parameters: [
              { key: "api_key", value: "{{flow.data.key}}" },
              { key: "key", value: "greeting" },
              { key: "token", value: "YOUR_API_KEY_123" },
            ],
          },
        ),
      ),
    },
    {
      bad: flow(
        state("ask", "make-http-request", {
          url: "https://example.com/?token=9f8e7d6c5b4a3f2e",
          method: "GET",
        }),
      ),
      at: "#/states/1/properties/url",
      good: flow(
        state("ask", "make-http-request", {
          url: "https://example.com/?token={{flow.data.t}}&id=1234567890123",
        }),
      ),
    },
    {
      bad: flow(say("hi", {}, `the token is ${"9f8e7d6c".repeat(4)}`)),
      at: "#/states/1/properties/body",
      good: flow(say("hi", {}, `the token is AC${"9f8e7d6c".repeat(4)}`)),
    },
  ],
  "phone-number-in-flow": [
    {
      bad: flow(
        state("call", "connect-call-to", {
          noun: "(555) 010-0142 1",
          caller_id: "{{contact.channel.address}}",
        }),
      ),
      at: "#/states/1/properties/noun",
      good: flow(
        state("call", "connect-call-to", {
          noun: "{{flow.data.agent}}",
          caller_id: "{{contact.channel.address}}",
        }),
      ),
    },
    {
      bad: flow(run("find", {}, { parameters: [{ key: "agent", value: "whatsapp:+15550100142" }] })),
      at: "#/states/1/properties/parameters/0/value",
      // A number that customers read is a wording.
      good: flow(
        say("hi", { sent: "find" }, "Call us: +15550100142"),
        run("find", {}, { parameters: [{ key: "order", value: "15550100142" }] }),
      ),
    },
  ],
};

/** A split of one branch with two conditions on one thing. */
function bothOf(...conditions: readonly (readonly [type: string, value: string])[]): State {
  const input = "{{trigger.conversation.Body}}";
  return {
    name: "split",
    type: "split-based-on",
    properties: { input },
    transitions: [
      {
        event: "match",
        next: "bye",
        conditions: conditions.map(([type, value]) => ({
          friendly_name: value,
          arguments: [input],
          type,
          value,
        })),
      },
      { event: "noMatch", next: "bye" },
    ],
  };
}
