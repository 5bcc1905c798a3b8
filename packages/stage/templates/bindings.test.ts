import { bind, unbind, validate, statesToArray, type FlowDefinition } from "@support-line/studio";
import { expect, test } from "vitest";
import { smallProject } from "../testing/projects.ts";
import { lineValues } from "./line-values.ts";

const { template, bindings } = await smallProject.template("support");
const place = {
  serviceSid: "ZS1",
  environmentSid: "ZE1",
  functionSid: "ZH1",
  url: "https://a/add-support-agent",
};
const stage = { wordings: { agentAdded: "Here is somebody" }, keywords: {}, languages: [] };
const line = { name: "sales", queues: [], answerWithin: 5 };
const values = lineValues(stage, line, { "add-support-agent": place });

test("a Run Function widget is filled from the Function of its name, and told the line", () => {
  const { states } = bind(template, bindings, values);
  expect(states["add-support-agent"]?.properties).toMatchObject({
    service_sid: "ZS1",
    environment_sid: "ZE1",
    function_sid: "ZH1",
    url: "https://a/add-support-agent",
  });
  expect(states["add-support-agent"]?.properties.parameters).toContainEqual({ key: "line", value: "sales" });
});

test("a text that the stage has otherwise is changed, and no other", () => {
  const { states } = bind(template, bindings, values);
  expect(states["added"]?.properties.body).toBe("Here is somebody");
  expect(states["nobody"]?.properties.body).toBe("Nobody is here.");
});

test("what is bound is a Flow, and gives the template back", () => {
  const definition = statesToArray(bind(template, bindings, values)) as FlowDefinition;
  expect(validate(definition).errors).toEqual([]);
  expect(unbind(definition, template, bindings)).toEqual(template);
});
