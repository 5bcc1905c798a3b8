/** What the widgets do that work in text and need no number, and what an Execution looks like from outside. */
import type { Seen } from "@support-line/local-twilio/proof";
import { fieldOf, textOf } from "../../account.ts";
import type { Probe } from "../../probe.ts";
import { deployed, type Deployed } from "../deployed.ts";
import {
  at,
  flowOf,
  keep,
  leftBy,
  makeFlow,
  outcomes,
  runFlow,
  split,
  state,
  wayOf,
  type Ran,
  type State,
  namesOf,
} from "./flows.ts";

const library = "https://www.twilio.com/docs/studio/widget-library";

interface Asks {
  readonly id: string;
  readonly asks: string;
  readonly source: string;
  readonly widget: string;
  /** The Flow; the first widget is asked. */
  readonly states: (functions: Deployed) => readonly State[];
  readonly data?: Seen;
  readonly see: (run: Ran) => Seen;
}

const ran = outcomes("success", "fail");
const asked = outcomes("success", "failed");
const sent = outcomes("sent", "failed");
const runFunction = (functions: Deployed, path: string, next = ran.next): State =>
  state(
    "run",
    "run-function",
    {
      service_sid: functions.service,
      environment_sid: functions.environment,
      url: functions.url(path),
      parameters: [{ key: "given", value: "{{flow.data.given}}" }],
    },
    next,
  );
const request = (url: string, properties: State["properties"] = {}): State =>
  state("ask", "make-http-request", { method: "GET", url, ...properties }, asked.next);

/** What a widget left in the context, and the event by which it was left. */
const left =
  (widget: string): Asks["see"] =>
  (run) => ({ event: leftBy(run), kept: at(run.context, `widgets.${widget}`) ?? "missing" });

/** What an answer left of itself: its body only in length, the stack of an error not at all. */
const answered =
  (widget: string): Asks["see"] =>
  (run) => {
    const kept = at(run.context, `widgets.${widget}`);
    const body = textOf(kept, "body");
    const parsed = fieldOf(kept, "parsed") ?? "missing";
    return {
      event: leftBy(run),
      keys: namesOf(kept),
      type: fieldOf(kept, "content_type") ?? "missing",
      status: fieldOf(kept, "status_code") ?? "missing",
      body: body.length > 99 ? "long" : body,
      parsed: fieldOf(parsed, "stack") === undefined ? parsed : namesOf(parsed),
    };
  };

const functionKinds: readonly (readonly [string, string])[] = [
  ["object", "a Function that answers an object"],
  ["array", "a Function that answers a list"],
  ["text", "a Function that answers text"],
  ["nothing", "a Function that answers nothing"],
  ["no-content", "a Function that answers 204"],
  ["status", "a Function that answers 418"],
  ["not-found", "a Function that answers 404 and JSON"],
  ["redirect", "a Function that answers a redirect"],
  ["error", "a Function that calls back with an error"],
  ["long", "a Function that answers more than 64 kB"],
  ["twiml", "a Function that answers TwiML"],
  ["json-charset", "a Function that answers JSON with a charset"],
];

const asks: readonly Asks[] = [
  ...functionKinds.map(([kind, what]): Asks => ({
    id: `run-function.${kind}`,
    asks: what,
    source: `${library}/run-function`,
    widget: "run-function",
    states: (functions) => [runFunction(functions, `/answer?kind=${kind}`), ...ran.states],
    see: answered("run"),
  })),
  {
    id: "run-function.protected",
    asks: "a protected Function",
    source: `${library}/run-function`,
    widget: "run-function",
    states: (functions) => [runFunction(functions, "/protected"), ...ran.states],
    see: left("run"),
  },
  {
    id: "run-function.parameters",
    asks: "what a Function is given",
    source: `${library}/run-function`,
    widget: "run-function",
    states: (functions) => [runFunction(functions, "/echo"), ...ran.states],
    data: { given: "value" },
    see: ({ context }) => at(context, "widgets.run.parsed.parameters") ?? "missing",
  },
  {
    id: "run-function.headers",
    asks: "the headers of a call of Studio's",
    source: `${library}/run-function`,
    widget: "run-function",
    states: (functions) => [runFunction(functions, "/echo"), ...ran.states],
    see: ({ context }) => {
      const headers = at(context, "widgets.run.parsed.headers");
      return {
        names: ["content-type", "user-agent", "x-twilio-signature", "accept"].filter(
          (name) => fieldOf(headers, name) !== undefined,
        ),
        type: fieldOf(headers, "content-type") ?? null,
        agent: fieldOf(headers, "user-agent") ?? null,
      };
    },
  },
  {
    id: "run-function.again",
    asks: "a second run with an answer that is not JSON: whether parsed stays",
    source: `${library}/run-function`,
    widget: "run-function",
    states: (functions) => [
      runFunction(functions, "/answer?kind={{flow.variables.kind | default: 'object'}}", {
        success: "check",
        fail: "",
      }),
      split("check", "{{flow.variables.kind}}", [{ type: "equal_to", value: "text" }], "end", "again"),
      keep("again", { kind: "text" }, "run"),
      keep("end", { done: "yes" }),
    ],
    see: ({ context }) => ({
      body: at(context, "widgets.run.body") ?? "missing",
      parsed: at(context, "widgets.run.parsed") ?? "missing",
    }),
  },
  {
    id: "run-function.slow",
    asks: "a Function that takes 11 seconds",
    source: `${library}/run-function`,
    widget: "run-function",
    states: (functions) => [runFunction(functions, "/slow?ms=11000"), ...ran.states],
    see: left("run"),
  },
  ...(["GET", "POST"] as const).map((method): Asks => ({
    id: `http.${method}`,
    asks: `a ${method} with a parameter`,
    source: `${library}/http-request`,
    widget: "make-http-request",
    states: (functions) => [
      request(functions.url("/echo"), {
        method,
        content_type: "application/x-www-form-urlencoded",
        parameters: [{ key: "given", value: "value" }],
      }),
      ...asked.states,
    ],
    see: ({ context }) => ({
      parameters: at(context, "widgets.ask.parsed.parameters") ?? "missing",
      type: at(context, "widgets.ask.parsed.headers.content-type") ?? "missing",
    }),
  })),
  {
    id: "http.json",
    asks: "a POST of JSON",
    source: `${library}/http-request`,
    widget: "make-http-request",
    states: (functions) => [
      request(functions.url("/echo"), {
        method: "POST",
        content_type: "application/json;charset=utf-8",
        body: '{"a":"{{flow.data.given}}"}',
      }),
      ...asked.states,
    ],
    data: { given: "value" },
    see: ({ context }) => ({
      parameters: at(context, "widgets.ask.parsed.parameters") ?? "missing",
      type: at(context, "widgets.ask.parsed.headers.content-type") ?? "missing",
    }),
  },
  ...["object", "array", "text", "no-content", "not-found", "redirect", "error", "long"].map(
    (kind): Asks => ({
      id: `http.answer.${kind}`,
      asks: `an answer: ${kind}`,
      source: `${library}/http-request`,
      widget: "make-http-request",
      states: (functions) => [request(functions.url(`/answer?kind=${kind}`)), ...asked.states],
      see: answered("ask"),
    }),
  ),
  {
    id: "http.nobody",
    asks: "a host that there is not",
    source: `${library}/http-request`,
    widget: "make-http-request",
    states: () => [request("https://nobody.invalid/"), ...asked.states],
    see: left("ask"),
  },
  {
    id: "set-variables.kinds",
    asks: "values of set-variables: text, JSON, null, empty",
    source: `${library}/set-variables`,
    widget: "set-variables",
    states: () => [
      keep("text", { number: "7", empty: "", object: '{"a":1}' }, "json"),
      keep("json", { parsed: '{"a":1}', list: "[1,2]", nothing: "null", no: "not json" }, "", true),
    ],
    see: ({ context }) => at(context, "flow.variables") ?? "missing",
  },
  {
    id: "set-variables.widget",
    asks: "where set-variables leaves its values beside flow.variables",
    source: "https://www.twilio.com/docs/studio/widget-library",
    widget: "set-variables",
    states: () => [keep("kept", { a: "1" })],
    see: ({ context }) => at(context, "widgets.kept") ?? "missing",
  },
  {
    id: "set-variables.case",
    asks: "keys in other letters",
    source: "https://www.twilio.com/docs/studio/widget-library/set-variables",
    widget: "set-variables",
    states: () => [keep("kept", { a: "1", A: "2" })],
    see: ({ context }) => at(context, "flow.variables") ?? "missing",
  },
  {
    id: "split.first",
    asks: "which of two transitions that match is taken",
    source: "https://www.twilio.com/docs/studio/widget-library/split-based-on",
    widget: "split-based-on",
    states: () => {
      const one = split("split", "{{flow.data.given}}", [{ type: "contains", value: "a" }], "first", "none");
      const two = {
        event: "match",
        next: "second",
        conditions: [
          { friendly_name: "b", arguments: ["{{flow.data.given}}"], type: "contains", value: "b" },
        ],
      };
      return [
        { ...one, transitions: [...one.transitions, two] },
        keep("first", { taken: "first" }),
        keep("second", { taken: "second" }),
        keep("none", { taken: "none" }),
      ];
    },
    data: { given: "ab" },
    see: ({ context }) => at(context, "flow.variables.taken") ?? "missing",
  },
  {
    id: "split.nowhere",
    asks: "noMatch that leads nowhere",
    source: "https://www.twilio.com/docs/api/errors/81005",
    widget: "split-based-on",
    states: () => [
      {
        name: "split",
        type: "split-based-on",
        properties: { input: "a" },
        transitions: [{ event: "noMatch" }],
      },
    ],
    see: (run) => ({ status: run.status, way: wayOf(run) }),
  },
  {
    id: "limit.loop",
    asks: "a widget that leads to itself: how often it is run",
    source: "https://www.twilio.com/docs/api/errors/81001",
    widget: "set-variables",
    states: () => [keep("loop", { n: "{{flow.variables.n | plus: 1}}" }, "loop")],
    see: (run) => ({ status: run.status, n: at(run.context, "flow.variables.n") ?? "missing" }),
  },
  {
    id: "limit.two",
    asks: "two widgets that lead to one another: how often they are run",
    source: "https://www.twilio.com/docs/api/errors/81000",
    widget: "set-variables",
    states: () => [
      keep("one", { n: "{{flow.variables.n | plus: 1}}" }, "two"),
      keep("two", { m: "{{flow.variables.n}}" }, "one"),
    ],
    see: (run) => ({ status: run.status, n: at(run.context, "flow.variables.n") ?? "missing" }),
  },
  {
    id: "send-message.nobody",
    asks: "a text from a number that is not one of the account's: by which event, with what",
    source: `${library}/send-message`,
    widget: "send-message",
    states: () => [
      state("send", "send-message", { from: "+15005550001", to: "+15005550009", body: "x" }, sent.next),
      ...sent.states,
    ],
    see: (run) => ({ event: leftBy(run), outbound: namesOf(at(run.context, "widgets.send.outbound")) }),
  },
];

export const widgetsProbe: Probe = {
  name: "studio/widgets",
  part: "studio",
  matters: "what the next widget finds, and where a Flow goes",
  questions: asks.map(({ id, asks: what, source, widget }) => ({
    id: `studio.${id}`,
    asks: what,
    source,
    touches: [`widget:${widget}`],
  })),
  async run(asked) {
    const functions = await deployed(asked);
    for (const { id, states, data = {}, see } of asks) {
      const flow = await makeFlow(asked, id.replaceAll(".", "-"), flowOf(...states(functions)));
      asked.saw(`studio.${id}`, see(await runFlow(asked, flow, data)));
    }
  },
};
