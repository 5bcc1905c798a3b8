/** Cases of the rules about circles, and about what must not stand in a Flow. */
import { flow, state } from "../../testing/play.ts";
import { ask, bye, counting, run, say, set, split, type Case } from "./widgets.ts";

/** By code. */
export const casesOfCircles: Readonly<Record<string, readonly Case[]>> = {
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
