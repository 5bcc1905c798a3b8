import { describe, expect, test } from "vitest";
import { Engine, failure } from "../testing/engine.ts";
import { PlayedTwilio } from "../testing/played-twilio.ts";
import { secret, Unknown, unknown, type Value, type ValueMap } from "../values/value.ts";

const token = "twilio:studio:Flow";
const FW = "FW00000000000000000000000000000001";
const flows = "studio.twilio.com/v2/Flows";

const trigger = {
  name: "Trigger",
  type: "trigger",
  properties: { offset: { x: 0, y: 0 } },
  transitions: [{ event: "incomingMessage", next: "say" }],
};
const say = (body: Value, y = 100) => ({
  name: "say",
  type: "send-message",
  properties: {
    offset: { x: 0, y },
    from: "{{flow.channel.address}}",
    to: "{{contact.channel.address}}",
    body,
  },
  transitions: [{ event: "sent" }, { event: "failed" }],
});
const definition = (body: Value, y?: number): ValueMap => ({
  initial_state: "Trigger",
  flags: { allow_concurrent_calls: true },
  states: [trigger, say(body, y)],
});
const program = (body: Value, more: ValueMap = {}, y?: number): ValueMap => ({
  friendlyName: "line",
  status: "published",
  definition: definition(body, y),
  ...more,
});

const checked = async (engine: Engine, inputs: ValueMap) => {
  const { inputs: result, failures } = await engine.check(token, inputs);
  expect(failures).toEqual([]);
  return result;
};
const deployed = async (engine: Engine, body = "hello", revision = 3) => {
  const inputs = await checked(engine, program(body));
  return {
    id: FW,
    inputs,
    outputs: { ...inputs, sid: FW, revision, valid: true, dateUpdated: "2026-01-01T00:00:00Z" },
  };
};
const shown = (body: string, revision: number) => ({
  sid: FW,
  friendly_name: "line",
  status: "published",
  definition: definition(body) as Record<string, never>,
  revision,
  commit_message: "c",
  valid: true,
  date_updated: "2026-02-01T00:00:00Z",
});

describe("check", () => {
  test("keys the states by widget, whichever way they are written", async () => {
    await using engine = await Engine.start();
    const fromList = await checked(engine, program("hello"));
    const fromText = await checked(
      engine,
      program("hello", { definition: JSON.stringify(definition("hello")) }),
    );
    const fromMap = await checked(engine, fromList);
    expect(Object.keys((fromList["definition"] as ValueMap)["states"] as ValueMap)).toEqual([
      "Trigger",
      "say",
    ]);
    expect(fromText).toEqual(fromList);
    expect(fromMap).toEqual(fromList);
  });

  test("finds what is wrong at the widget, also while values are unknown", async () => {
    await using engine = await Engine.start();
    const broken = {
      ...definition(unknown),
      states: [{ ...trigger, transitions: [{ event: "incomingMessage", next: "nowhere" }] }, say(unknown)],
    };
    const { failures } = await engine.check(token, program("", { definition: broken }));
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({ property: "definition.states.Trigger.transitions.0.next" });
    expect(failures[0]?.reason).toContain('widget "Trigger"');
    expect((await engine.check(token, program(unknown))).failures).toEqual([]);
    expect((await engine.check(token, program("", { definition: unknown }))).failures).toEqual([]);
  });

  test.each<[string, Value, string]>([
    ["two widgets of one name", { initial_state: "Trigger", states: [trigger, trigger] }, "two widgets"],
    [
      "a widget that calls itself otherwise",
      { initial_state: "Trigger", states: { Trigger: { ...trigger, name: "other" } } },
      "calls itself",
    ],
    ["text that is not JSON", "hello", "must be a Flow Definition"],
  ])("refuses %s", async (_, wrong, reason) => {
    await using engine = await Engine.start();
    const { failures } = await engine.check(token, program("", { definition: wrong }));
    expect(failures[0]?.reason).toContain(reason);
  });

  test("lets Twilio decide about a widget that it does not know", async () => {
    await using engine = await Engine.start();
    const odd = { ...definition("x"), states: [trigger, { ...say("x"), type: "made-up-widget" }] };
    expect((await engine.check(token, program("", { definition: odd }))).failures).toEqual([]);
  });
});

describe("diff", () => {
  test("names the widget and its property", async () => {
    await using engine = await Engine.start();
    const difference = await engine.diff(
      token,
      await deployed(engine),
      await checked(engine, program("bye")),
    );
    expect(difference).toMatchObject({
      changes: "some",
      replaces: [],
      detailed: { 'definition["states"]["say"]["properties"]["body"]': "UPDATE" },
    });
    expect(Object.keys(difference.detailed)).toHaveLength(1);
  });

  test("knows only the place that is unknown", async () => {
    await using engine = await Engine.start();
    const difference = await engine.diff(
      token,
      await deployed(engine),
      await checked(engine, program(unknown)),
    );
    expect(Object.keys(difference.detailed)).toEqual(['definition["states"]["say"]["properties"]["body"]']);
  });

  test("a commit message or a place on the canvas alone is none", async () => {
    await using engine = await Engine.start();
    const moved = await checked(engine, program("hello", { commitMessage: "why" }, 500));
    expect(await engine.diff(token, await deployed(engine), moved)).toMatchObject({
      changes: "none",
      detailed: {},
    });
  });
});

test("creating asks Twilio's Flow Validate once and writes once, states as a list and the first one first", async () => {
  await using twilio = await PlayedTwilio.start();
  twilio
    .on(`POST ${flows}/Validate`, { status: 200, body: { valid: true } })
    .on(`POST ${flows}`, { status: 201, body: shown("hello", 1) });
  await using engine = await Engine.at(twilio);
  const inputs = await checked(engine, program(secret("hello")));
  const created = await engine.create(token, inputs);
  expect(twilio.calls).toEqual([`POST ${flows}/Validate`, `POST ${flows}`]);
  const sent = JSON.parse(twilio.requests[1]?.form.get("Definition") ?? "") as { states: { name: string }[] };
  expect(sent.states.map(({ name }) => name)).toEqual(["Trigger", "say"]);
  expect(twilio.requests[1]?.form.get("CommitMessage")).toBe("Created by Pulumi");
  expect(created).toMatchObject({ id: FW, outputs: { revision: 1, valid: true } });
  // A secret inside a list makes the list secret for Pulumi; inside our map it stays where it is.
  expect(created.outputs["definition"]).toEqual(inputs["definition"]);
});

test("what Twilio refuses is said by the widget's name, and nothing is written", async () => {
  await using twilio = await PlayedTwilio.start();
  const errors = [
    { message: "must be a valid, non-liquid flow sid", property_path: "#/states/1/properties/flow_sid" },
  ];
  twilio.on(`POST ${flows}/Validate`, {
    status: 400,
    body: { code: 81022, message: "Invalid definition", details: { errors } },
  });
  await using engine = await Engine.at(twilio);
  const { message } = await failure(engine.create(token, await checked(engine, program("hello"))));
  expect(message).toBe(
    'Twilio does not accept this Flow: widget "say", properties.flow_sid: must be a valid, non-liquid flow sid. Nothing was written.',
  );
  expect(twilio.calls).toEqual([`POST ${flows}/Validate`]);
});

describe("an update", () => {
  test("is one read and one write, with a commit message that names the widgets", async () => {
    await using twilio = await PlayedTwilio.start();
    twilio
      .on(`GET ${flows}/${FW}`, { status: 200, body: shown("hello", 3) })
      .on(`POST ${flows}/${FW}`, { status: 200, body: shown("bye", 4) });
    await using engine = await Engine.at(twilio);
    const old = await deployed(engine);
    const inputs = await checked(engine, program("bye"));
    const preview = await engine.update(token, old, inputs, true);
    expect(preview.outputs["revision"]).toBeInstanceOf(Unknown);
    expect(preview.outputs["sid"]).toBe(FW);
    expect(twilio.calls).toEqual([]);
    const updated = await engine.update(token, old, inputs);
    expect(twilio.calls).toEqual([`GET ${flows}/${FW}`, `POST ${flows}/${FW}`]);
    expect(Object.fromEntries(twilio.requests[1]?.form ?? [])).toMatchObject({
      Status: "published",
      CommitMessage: "Changed by Pulumi: say",
    });
    expect(updated.outputs["revision"]).toBe(4);
  });

  test("stops when somebody edited the Flow meanwhile, naming both revisions", async () => {
    await using twilio = await PlayedTwilio.start();
    twilio.on(`GET ${flows}/${FW}`, { status: 200, body: shown("edited in Studio", 5) });
    await using engine = await Engine.at(twilio);
    const { message } = await failure(
      engine.update(token, await deployed(engine), await checked(engine, program("bye"))),
    );
    expect(message).toContain("it is at revision 5 (2026-02-01T00:00:00Z), the state knows revision 3");
    expect(twilio.calls).toEqual([`GET ${flows}/${FW}`]);
  });

  test("writes over the one revision that the configuration names, and no other", async () => {
    await using twilio = await PlayedTwilio.start();
    twilio
      .on(`GET ${flows}/${FW}`, { status: 200, body: shown("edited in Studio", 5) })
      .on(`POST ${flows}/${FW}`, { status: 200, body: shown("bye", 6) });
    await using wrong = await Engine.at(twilio, { overwrite: [`${FW}@4`] });
    const { message } = await failure(
      wrong.update(token, await deployed(wrong), await checked(wrong, program("bye"))),
    );
    expect(message).toContain(`'twilio:overwrite[0]' ${FW}@5`);
    await using right = await Engine.at(twilio, { overwrite: [`${FW}@5`] });
    const updated = await right.update(token, await deployed(right), await checked(right, program("bye")));
    expect(updated.outputs["revision"]).toBe(6);
  });

  test("says why in the words of the configuration, or of the Git commit", async () => {
    await using twilio = await PlayedTwilio.start();
    twilio
      .on(`GET ${flows}/${FW}`, { status: 200, body: shown("hello", 3) })
      .on(`POST ${flows}/${FW}`, { status: 200, body: shown("bye", 4) });
    const commit = () => Promise.resolve("A friendlier goodbye (1a2b3c4)");
    for (const commitMessage of ["For the holidays", undefined]) {
      const config = commitMessage === undefined ? {} : { commitMessage };
      await using engine = await Engine.at(twilio, config, { commit });
      await engine.update(token, await deployed(engine), await checked(engine, program("bye")));
    }
    expect(twilio.requests.flatMap(({ form }) => form.get("CommitMessage") ?? [])).toEqual([
      "For the holidays",
      "A friendlier goodbye (1a2b3c4)",
    ]);
  });

  test("that was written before its answer was lost is found and not written again", async () => {
    await using twilio = await PlayedTwilio.start();
    twilio.on(`GET ${flows}/${FW}`, { status: 200, body: shown("bye", 4) });
    await using engine = await Engine.at(twilio);
    const updated = await engine.update(token, await deployed(engine), await checked(engine, program("bye")));
    expect(updated.outputs["revision"]).toBe(4);
    expect(twilio.calls).toEqual([`GET ${flows}/${FW}`]);
  });
});

test("a refresh shows an edit of one widget as that, and an import has the whole", async () => {
  await using twilio = await PlayedTwilio.start();
  twilio.on(`GET ${flows}/${FW}`, { status: 200, body: shown("edited", 5) });
  await using engine = await Engine.at(twilio);
  const old = await deployed(engine);
  const found = await engine.read(token, old);
  expect(found && Object.keys((await engine.diff(token, old, found.inputs)).detailed)).toEqual([
    'definition["states"]["say"]["properties"]["body"]',
  ]);
  expect(found?.outputs["revision"]).toBe(5);
  const imported = await engine.read(token, { id: FW });
  expect(imported?.inputs).toMatchObject({ friendlyName: "line", status: "published", commitMessage: "c" });
  expect(imported?.inputs["definition"]).toEqual(found?.inputs["definition"]);
});
