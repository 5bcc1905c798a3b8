/** Voice Flows as people draw them, played as calls in text. */
import type { FlowDefinition, State } from "@support-line/studio";
import { drawnFlow } from "@support-line/studio/testing";
import { describe, expect, test } from "vitest";
import { clientOf } from "../testing/client.ts";
import { deploy } from "../testing/deploy.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";
import {
  answer,
  callIn,
  hangUp,
  ofHandset,
  press,
  say,
  see,
  spoken,
  type SeenCall,
} from "./testing/phone.ts";

const caller = "+15550100201";
const line = "+15550100001";

/** A Flow whose Functions are answered by the one at `url`. */
function read(name: string, url: string): FlowDefinition {
  const definition = drawnFlow(name);
  const lead = (state: State): State =>
    state.type === "run-function" || state.type === "make-http-request"
      ? { ...state, properties: { ...state.properties, url } }
      : state;
  return { ...definition, states: definition.states.map(lead) };
}

/** What a widget of a Flow says. */
function words(name: string, widget: string): string {
  const { say: text } = drawnFlow(name).states.find((state) => state.name === widget)?.properties ?? {};
  if (typeof text !== "string") throw new Error(`${widget} of ${name} says nothing`);
  return text;
}

/** The Flow answers the line; its Functions answer with `parsed`. */
async function play(local: TestTwilio, name: string, parsed: object): Promise<SeenCall> {
  const source = `exports.handler = (context, event, callback) => callback(null, ${JSON.stringify(parsed)});`;
  const { domain } = await deploy(local, "answers", [{ path: "/answer", source }]);
  const client = clientOf(local);
  const definition = read(name, `https://${domain}/answer`);
  const flow = await client.studio.v2.flows.create({ friendlyName: "real", status: "published", definition });
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: line });
  await client.incomingPhoneNumbers(number?.sid ?? "").update({ voiceUrl: flow.webhookUrl });
  return callIn(local, caller, line);
}

describe("voice Flows as people draw them", () => {
  test("the hotline takes a voicemail", async () => {
    await using local = await startForTest();
    const call = await play(local, "call-hotline", {});
    expect(spoken(call)).toEqual([words("call-hotline", "Meadow"), words("call-hotline", "lantern")]);
    await press(local, call, "1");
    expect((await see(local, call)).asks).toMatchObject({ type: "recordVoicemail" });
    await say(local, call, "A Flow walks into a bar");
    await local.control("POST", "clock/advance", { seconds: 5 });
    expect(await see(local, call)).toMatchObject({ status: "completed", asks: null });
  });

  test("the menu takes a key once nothing follows it, and six more at once", async () => {
    await using local = await startForTest();
    const call = await play(local, "call-menu-deep", {});
    expect(spoken(call)[0]).toBe(words("call-menu-deep", "apple_basket"));
    await press(local, call, "2");
    await local.control("POST", "clock/advance", { seconds: 5 });
    expect(spoken(await see(local, call)).at(-1)).toBe(words("call-menu-deep", "apple_2"));
    await press(local, call, "123456");
    expect(await see(local, call)).toMatchObject({ status: "completed", asks: null });
    expect(spoken(await see(local, call)).at(-1)).toBe(
      words("call-menu-deep", "saffron_tunnel_1").replace("{{widgets.apple_basket.Digits}}", "2"),
    );
  });

  test("an extension that nobody has is asked for again", async () => {
    await using local = await startForTest();
    const call = await play(local, "call-extensions", { urchin: false });
    await press(local, call, "1");
    await press(local, call, "1234");
    const after = await see(local, call);
    expect(spoken(after).slice(-2)).toEqual([
      words("call-extensions", "velvet_jacket_meadow"),
      words("call-extensions", "harbor_meadow"),
    ]);
    expect(after.asks).toMatchObject({ type: "gather", widget: "harbor_meadow" });
  });

  test("a forwarded call takes the other end's hanging up", async () => {
    await using local = await startForTest();
    const call = await play(local, "call-forwarded", {});
    const [leg] = await ofHandset(local, "+15550100199");
    if (!leg) throw new Error(`nobody was rung: ${JSON.stringify(call)}`);
    expect(leg.from).toBe(caller);
    await answer(local, leg);
    await say(local, call, "Hello?");
    expect(spoken(await see(local, leg))).toEqual(["Hello?"]);
    await hangUp(local, leg);
    expect(await see(local, call)).toMatchObject({ status: "completed", asks: null });
  });

  test.each([
    [true, "meadow"],
    [false, "copper"],
  ])("opening hours: open is %s", async (isOpen, widget) => {
    await using local = await startForTest();
    const call = await play(local, "call-without-url", { meadow: { meadow_now: isOpen } });
    expect(spoken(call)).toEqual([words("call-without-url", widget)]);
  });
});
