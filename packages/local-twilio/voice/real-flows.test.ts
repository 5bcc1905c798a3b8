/** Voice Flows that real people drew, played as calls in text; they lie beside the checkout and are not copied. */
import { existsSync, readFileSync } from "node:fs";
import type { FlowDefinition, State } from "@support-line/studio";
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

const folder = new URL("../../../../shared/flows/", import.meta.url);
const caller = "+15550100201";
const line = "+15550100001";

/** A Flow whose Functions are answered by the one at `url`: their own are their authors'. */
function read(file: string, url: string): FlowDefinition {
  const definition = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as FlowDefinition;
  const lead = (state: State): State =>
    state.type === "run-function" || state.type === "make-http-request"
      ? { ...state, properties: { ...state.properties, url } }
      : state;
  return { ...definition, states: definition.states.map(lead) };
}

/** The Flow answers the line; its Functions answer with `parsed`. */
async function play(local: TestTwilio, file: string, parsed: object): Promise<SeenCall> {
  const source = `exports.handler = (context, event, callback) => callback(null, ${JSON.stringify(parsed)});`;
  const { domain } = await deploy(local, "answers", [{ path: "/answer", source }]);
  const client = clientOf(local);
  const definition = read(file, `https://${domain}/answer`);
  const flow = await client.studio.v2.flows.create({ friendlyName: "real", status: "published", definition });
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: line });
  await client.incomingPhoneNumbers(number?.sid ?? "").update({ voiceUrl: flow.webhookUrl });
  return callIn(local, caller, line);
}

describe.runIf(existsSync(folder))("voice Flows that real people drew", () => {
  test("the joke hotline takes a joke as a voicemail", async () => {
    await using local = await startForTest();
    const call = await play(local, "cedrics-joke-hotline-superclass-studio-flow.json", {
      joke: "Knock, knock",
    });
    expect(spoken(call)).toEqual([
      "Greetings! Welcome to Cedric's Joke Hotline.",
      expect.stringContaining("Press 1 to submit a joke"),
    ]);
    await press(local, call, "1");
    expect((await see(local, call)).asks).toMatchObject({ type: "recordVoicemail" });
    await say(local, call, "A Flow walks into a bar");
    await local.control("POST", "clock/advance", { seconds: 5 });
    expect(await see(local, call)).toMatchObject({ status: "completed", asks: null });
  });

  test("the IVR takes a key once nothing follows it, and six more at once", async () => {
    await using local = await startForTest();
    const call = await play(local, "twilio-ivr-studio-ivr.json", {});
    expect(spoken(call)[0]).toContain("how can we direct your call");
    await press(local, call, "2");
    await local.control("POST", "clock/advance", { seconds: 5 });
    expect(spoken(await see(local, call)).at(-1)).toContain("6 digit ticket number");
    await press(local, call, "123456");
    expect(await see(local, call)).toMatchObject({ status: "completed", asks: null });
    expect(spoken(await see(local, call)).at(-1)).toContain("You typed 2");
  });

  test("an agent's extension that nobody has is asked for again", async () => {
    await using local = await startForTest();
    const call = await play(local, "per-agent-voicemail-voiceivr.json", { result: false });
    await press(local, call, "1");
    await press(local, call, "1234");
    const after = await see(local, call);
    expect(spoken(after).slice(-2)).toEqual([
      "Sorry, that does not appear to be a valid extension.",
      "Please enter the 4 digit agent extension.",
    ]);
    expect(after.asks).toMatchObject({ type: "gather", widget: "gather_extension" });
  });

  test("the call tracker connects and takes the other end's hanging up", async () => {
    await using local = await startForTest();
    const call = await play(local, "call-tracking-flow.json", { number: "+15005550555" });
    const [leg] = await ofHandset(local, "+15005550555");
    if (!leg) throw new Error(`nobody was rung: ${JSON.stringify(call)}`);
    expect(leg.from).toBe(caller);
    await answer(local, leg);
    await say(local, call, "Hello?");
    expect(spoken(await see(local, leg))).toEqual(["Hello?"]);
    await hangUp(local, leg);
    expect(await see(local, call)).toMatchObject({ status: "completed", asks: null });
  });

  test.each([
    [true, "The business is open"],
    [false, "The business is closed"],
  ])("opening hours: open is %s", async (isOpen, words) => {
    await using local = await startForTest();
    const call = await play(local, "open-hours-google-flow.json", { open: { open_now: isOpen } });
    expect(spoken(call)).toEqual([words]);
  });
});
