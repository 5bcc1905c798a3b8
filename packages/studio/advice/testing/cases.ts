/** For each rule of advice, Flows that trigger it and Flows that must not. */
import { flow, state } from "../../testing/play.ts";
import { casesOfCircles } from "./cases-of-circles.ts";
import { ask, bothOf, bye, run, say, set, split, type Case } from "./widgets.ts";

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
  "unknown-trigger-variable": [
    {
      bad: flow(say("hi", {}, "{{trigger.conversation.Bodi}}")),
      at: "#/states/1/properties/body",
      good: flow(say("hi", {}, "{{trigger.conversation.Body}}{{trigger.conversation.OrderNumber}}")),
    },
    {
      bad: flow(say("hi", {}, "{{trigger.message.form}}")),
      at: "#/states/1/properties/body",
      good: flow(
        say("hi", {}, "{{trigger.message.From}}{{trigger.message.MediaUrl0}}{{trigger.request.Bodi}}"),
      ),
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
  ...casesOfCircles,
};
