import { describe, expect, test } from "vitest";
import { resource } from "@support-line/twilio-api";
import { Engine } from "../testing/engine.ts";
import { PlayedTwilio } from "../testing/played-twilio.ts";
import { shapeOf } from "../lifecycles/shapes.ts";
import { Secret } from "../values/value.ts";
import { inputsToToday } from "./inputs-to-today.ts";

const token = "twilio:taskrouter:Workflow";
const WS = "WS00000000000000000000000000000001";
const WQ = "WQ00000000000000000000000000000001";

/** As Twilio writes it: what states of earlier versions hold, and what people paste. */
const wire = {
  task_routing: { filters: [{ filter_friendly_name: "A", targets: [{ queue: WQ, skip_if: "1==1" }] }] },
};
/** As programs write it. */
const written = {
  taskRouting: { filters: [{ filterFriendlyName: "A", targets: [{ queue: WQ, skipIf: "1==1" }] }] },
};

function workflow(configuration: unknown) {
  const row = resource(token);
  if (row === undefined) throw new Error(`no row of ${token}`);
  return inputsToToday(shapeOf(row).inputs, { configuration } as Parameters<typeof inputsToToday>[1]);
}

describe("a Workflow's configuration", () => {
  test("is the same as text, under Twilio's names and under the program's", () => {
    expect(workflow(JSON.stringify(wire))).toEqual({ configuration: written });
    expect(workflow(wire)).toEqual({ configuration: written });
    expect(workflow(written)).toEqual({ configuration: written });
    expect(workflow(new Secret(JSON.stringify(wire)))).toEqual({ configuration: new Secret(written) });
  });

  test("keeps what nobody here knows of, as it is written", () => {
    const more = { ...written, new_part: { some_name: 1 } };
    expect(workflow(more)).toEqual({ configuration: more });
  });

  test("that is no JSON is refused by name", async () => {
    await using engine = await Engine.start();
    const { failures } = await engine.check(token, {
      workspaceSid: WS,
      friendlyName: "Support",
      configuration: "not JSON",
    });
    expect(failures).toEqual([
      { property: "configuration", reason: 'configuration must be an object, not the text "not JSON".' },
    ]);
  });

  test("in a state as text is no change to a program that says the same", async () => {
    await using engine = await Engine.start();
    const inputs = { workspaceSid: WS, friendlyName: "Support", configuration: JSON.stringify(wire) };
    const old = { id: `WW${WS.slice(2)}`, inputs, outputs: inputs };
    const checked = await engine.check(token, { ...inputs, configuration: written });
    expect(await engine.diff(token, old, checked.inputs)).toMatchObject({ changes: "none" });
  });

  test("is sent as Twilio's JSON, and what Twilio shows is the program's again", async () => {
    await using twilio = await PlayedTwilio.start();
    const place = `taskrouter.twilio.com/v1/Workspaces/${WS}/Workflows`;
    const shown = { sid: `WW${WS.slice(2)}`, friendly_name: "Support", configuration: JSON.stringify(wire) };
    twilio.on(`POST ${place}`, { status: 201, body: shown });
    await using engine = await Engine.at(twilio);
    const made = await engine.create(token, {
      workspaceSid: WS,
      friendlyName: "Support",
      configuration: written,
    });
    const sent = new URLSearchParams(twilio.requests[0]?.text).get("Configuration") ?? "";
    expect(JSON.parse(sent)).toEqual(wire);
    expect(made.outputs["configuration"]).toEqual(written);
  });
});
