/** What the compiler says of typed Flows. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { drawnFlow as read, drawnFlows } from "../testing/flows.ts";
import type { FlowDefinition, State } from "../types.ts";
import { toTypeScript } from "./index.ts";
import { compiled } from "./testing/compiled.ts";

const documented = "docs/how-to/typed-flows.md";

/** A Flow as large as the largest that people draw: each widget asks, sorts and answers. */
function large(widgets: number): FlowDefinition {
  const states = Array.from({ length: widgets }, (_, at): State => {
    const [name, next] = [`widget_${at}`, `widget_${(at + 1) % widgets}`];
    const offset = { x: at * 10, y: at * 20 };
    if (at % 3 === 0) {
      const properties = {
        body: `Question ${at}?`,
        from: "{{flow.channel.address}}",
        timeout: "3600",
        offset,
      };
      const transitions = ["incomingMessage", "timeout", "deliveryFailure"].map((event) => ({ event, next }));
      return { name, type: "send-and-wait-for-reply", transitions, properties };
    }
    if (at % 3 === 1) {
      const conditions = [{ friendly_name: "A", arguments: ["{{x}}"], type: "equal_to", value: "a" }];
      const transitions = [
        { event: "noMatch", next },
        { event: "match", next, conditions },
        { event: "match", next: "widget_0", conditions },
      ];
      return { name, type: "split-based-on", transitions, properties: { input: "{{x}}", offset } };
    }
    const properties = { url: "https://example.com", parameters: [{ key: "a", value: "b" }], offset };
    const transitions = [{ event: "success", next }, { event: "fail" }];
    return { name, type: "run-function", transitions, properties };
  });
  return { description: "Large", initial_state: "widget_0", states, flags: { allow_concurrent_calls: true } };
}

describe("the compiler", { timeout: 120_000 }, () => {
  test("holds every promise, and takes converted Flows, a large one and the documentation's", () => {
    const converted = Object.fromEntries(
      drawnFlows.map((file) => [`${file.replace(/\W/g, "_")}.ts`, toTypeScript(read(file))]),
    );
    const [, example = ""] =
      /```ts\n(\/\/ flow-templates[\s\S]*?)```/.exec(readFileSync(documented, "utf8")) ?? [];
    expect(example).toContain("export default flow(");
    const problems = compiled({
      ...converted,
      "promises.ts": null,
      "documented.ts": example,
      "large.ts": toTypeScript(large(130)),
    });
    expect(problems).toEqual([]);
  });

  test("names what is wrong: the widget, the event, the property", () => {
    const source = (state: string) =>
      `import { flow } from "@support-line/studio/typed";
export default flow({ initial_state: "ask", states: { ask: ${state} } });`;
    const problems = compiled({
      "widget.ts": source(
        '{ type: "send-message", properties: {}, transitions: [{ event: "sent", next: "aks" }] }',
      ),
      "event.ts": source('{ type: "send-message", properties: {}, transitions: [{ event: "send" }] }'),
      "property.ts": source('{ type: "run-function", properties: {}, transitions: [] }'),
    });
    expect(problems.map((problem) => problem.split(":")[0])).toEqual([
      "widget.ts",
      "event.ts",
      "property.ts",
    ]);
    const [widget, event, property] = problems;
    expect(widget).toContain('"aks"');
    expect(event).toContain('"send"');
    expect(property).toContain("'url' is missing");
  });
});
