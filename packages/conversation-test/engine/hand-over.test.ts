import type { FlowDefinition, JsonObject, State } from "@support-line/studio";
import { describe, expect, test } from "vitest";
import { EngineWorld } from "./engine-world.ts";

const sid = `FW${"1".repeat(32)}`;

function widget(name: string, type: string, properties: JsonObject, next: Record<string, string>): State {
  const transitions = Object.entries(next).map(([event, to]) => ({ event, next: to }));
  return { name, type, properties, transitions };
}

const flow = (event: string, ...states: State[]): FlowDefinition => ({
  initial_state: "Trigger",
  states: [widget("Trigger", "trigger", {}, { [event]: states[0]?.name ?? "" }), ...states],
});

const says = (name: string, body: string) => widget(name, "send-message", { body }, { sent: "" });

describe("the engine's world", () => {
  test("runs the subflows that it is given, and counts their caller's widgets alone", async () => {
    const told: string[] = [];
    const properties = { flow_sid: sid, flow_revision: "LatestPublished" };
    const world = new EngineWorld(
      "subflow",
      {
        definition: flow(
          "incomingMessage",
          widget("call", "run-subflow", properties, { completed: "after" }),
          says("after", "after"),
        ),
        subflows: () => ({ definition: flow("incomingParent", says("inner", "inner")), revision: 1 }),
      },
      { run: () => undefined, twilioCalls: () => [], end: () => undefined },
      (who, words) => told.push(`${who} ${words}`),
    );
    const customer = world.people["customer"];
    if (customer === undefined) throw new Error("the usual world has a customer");
    await world.text(customer, "hello");
    const [coverage] = await world.covered();
    expect(Object.keys(coverage?.counts().widgets ?? {})).toEqual(["Trigger", "call", "after"]);
    expect(told.filter((line) => line.includes("warns"))).toEqual([]);
  });
});
