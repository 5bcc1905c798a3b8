import { describe, expect, test } from "vitest";
import { flow, state } from "./testing/play.ts";
import type { FlowDefinition, State } from "./types.ts";
import { validate } from "./validate.ts";

const sid = (number: number) => `FW${number.toString(16).padStart(32, "0")}`;
const call = (at: number, subflow: number, revision: string | number = "LatestPublished"): State =>
  state(`call${at}`, "run-subflow", { flow_sid: sid(subflow), flow_revision: revision });
const calls = (count: number, subflowOf: (at: number) => number): FlowDefinition =>
  flow(...Array.from({ length: count }, (_, at) => call(at, subflowOf(at))));
const messages = (definition: FlowDefinition) => validate(definition).errors.map(({ message }) => message);

describe("subflows", () => {
  test("150 widgets may run 50 different ones", () => {
    expect(messages(calls(150, (at) => at % 50))).toEqual([]);
  });

  test("one widget or one subflow more is refused, at the widget", () => {
    expect(validate(calls(151, () => 1)).errors).toEqual([
      {
        message: "there must be a maximum of 150 run-subflow widgets in a flow",
        property_path: "#/states/151",
        widget: "call150",
      },
    ]);
    expect(messages(calls(51, (at) => at))).toEqual([
      "there must be a maximum of 50 different subflows in a flow",
    ]);
  });

  test("all widgets that run one use one revision of it", () => {
    expect(validate(flow(call(0, 1), call(1, 1, 3))).errors).toEqual([
      {
        message: `every widget that runs ${sid(1)} must use the same revision`,
        property_path: "#/states/2/properties/flow_revision",
        widget: "call1",
      },
    ]);
    expect(messages(flow(call(0, 1, 3), call(1, 1, "3"), call(2, 2, 4)))).toEqual([]);
  });
});

describe("widgets of Flows that the REST API starts", () => {
  const opens = state("open", "start-conversation", { conversation_service_sid: "IS1", participants: [] });

  test("are refused where a message starts the Flow too", () => {
    expect(validate(flow(opens)).errors).toEqual([
      {
        message: "start-conversation can only be used in flows triggered by the REST API",
        property_path: "#/states/1/type",
        widget: "open",
      },
    ]);
  });

  test("are fine where the REST API or another Flow does", () => {
    const { states, ...rest } = flow(opens);
    const [trigger = opens] = states;
    const transitions = ["incomingRequest", "incomingParent"].map((event) => ({ event, next: "open" }));
    const unwired = { event: "incomingMessage", next: null };
    const wired = { ...trigger, transitions: [...transitions, unwired] };
    expect(messages({ ...rest, states: [wired, opens] })).toEqual([]);
  });
});
