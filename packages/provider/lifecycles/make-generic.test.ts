import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { Engine, failure } from "../testing/engine.ts";
import { PlayedTwilio } from "../testing/played-twilio.ts";
import { Secret, type JsonMap } from "../values/value.ts";

const token = "twilio:index:Resource";
const place = "example.twilio.com/v1/Things";
const url = `https://${place}`;
const sid = (n: number) => `TH${String(n).padStart(32, "0")}`;
const inputs = { url, parameters: { FriendlyName: "line", "Part.IsOn": true, Hidden: new Secret("hush") } };
const root = mkdtempSync(join(tmpdir(), "make-generic-"));
const options = { journals: () => root };

afterEach(() => {
  for (const name of readdirSync(root)) rmSync(join(root, name), { recursive: true, force: true });
});

/** Things as Twilio keeps them; `isLost` says which creates lose their answer after they were done. */
function playThings(twilio: PlayedTwilio, isLost: (create: number) => boolean, at = () => Date.now()) {
  const made: JsonMap[] = [];
  twilio
    .on(`POST ${place}`, ({ form }, times) => {
      const own = {
        friendly_name: form.get("FriendlyName") ?? "",
        part: { is_on: form.get("Part.IsOn") === "true" },
      };
      const body = { sid: sid(made.length + 1), ...own, date_created: new Date(at()).toISOString() };
      made.unshift(body);
      twilio.on(`GET ${place}/${body.sid}`, () => ({ status: 200, body }));
      return isLost(times) ? "drop" : { status: 201, body };
    })
    .on(`GET ${place}`, () => ({ status: 200, body: { meta: {}, things: [...made] } }));
  return made;
}

const posts = (twilio: PlayedTwilio) => twilio.calls.filter((call) => call.startsWith("POST"));

test("an undisturbed create of what has no row reads nothing", async () => {
  await using twilio = await PlayedTwilio.start();
  playThings(twilio, () => false);
  await using engine = await Engine.at(twilio, {}, options);
  expect((await engine.create(token, inputs)).id).toBe(`${url}/${sid(1)}`);
  expect(twilio.calls).toEqual([`POST ${place}`]);
});

test("what was made when its answer was lost is found in the list at its URL", async () => {
  await using twilio = await PlayedTwilio.start();
  const made = playThings(twilio, () => true);
  await using engine = await Engine.at(twilio, {}, options);
  expect((await engine.create(token, inputs)).id).toBe(`${url}/${sid(1)}`);
  expect(made).toHaveLength(1);
});

test("what is older or says something else is not taken for ours", async () => {
  await using twilio = await PlayedTwilio.start();
  const made = playThings(
    twilio,
    () => false,
    () => Date.now() - 60_000,
  );
  const first = await Engine.at(twilio, {}, options);
  await first.create(token, inputs, false, "old");
  await first.end();
  twilio.on(`POST ${place}`, (_, times) => (times === 1 ? "drop" : { status: 201, body: { sid: sid(9) } }));
  await using second = await Engine.at(twilio, {}, options);
  expect((await second.create(token, inputs)).id).toBe(`${url}/${sid(9)}`);
  expect(made).toHaveLength(1);
});

test("a later process goes on with what a killed one made, and changes it to what the program says by now", async () => {
  await using twilio = await PlayedTwilio.start();
  const made = playThings(twilio, () => false);
  const first = await Engine.at(twilio, {}, options);
  await first.create(token, inputs);
  await first[Symbol.asyncDispose]();
  twilio.forget();
  const second = await Engine.at(twilio, {}, options);
  expect((await second.create(token, inputs)).id).toBe(`${url}/${sid(1)}`);
  expect(posts(twilio)).toEqual([]);
  await second[Symbol.asyncDispose]();
  twilio.on(`POST ${place}/${sid(1)}`, ({ form }) => ({
    status: 200,
    body: { sid: sid(1), friendly_name: form.get("FriendlyName") ?? "" },
  }));
  await using third = await Engine.at(twilio, {}, options);
  const renamed = { url, parameters: { FriendlyName: "other" } };
  expect(await third.create(token, renamed)).toMatchObject({
    id: `${url}/${sid(1)}`,
    outputs: { response: { friendly_name: "other" } },
  });
  expect(made).toHaveLength(1);
});

test("where there is no list, a lost answer is an error that says where to look", async () => {
  await using twilio = await PlayedTwilio.start();
  twilio.on(`POST ${place}`, "drop").on(`GET ${place}`, { status: 405 });
  await using engine = await Engine.at(twilio, {}, options);
  const { message } = await failure(engine.create(token, inputs));
  expect(message).toContain(`Look at ${url}`);
  expect(message).toContain(`pulumi import ${token}`);
  expect(posts(twilio)).toHaveLength(1);
});

test("a machine that never journaled this stack looks once, and names the equal one", async () => {
  await using twilio = await PlayedTwilio.start();
  const made = playThings(twilio, () => false);
  const first = await Engine.at(twilio, {}, options);
  await first.create(token, inputs);
  await first.end();
  const elsewhere = { journals: () => join(root, "elsewhere") };
  await using second = await Engine.at(twilio, {}, elsewhere, { accountSid: "AC1" });
  const { message } = await failure(second.create(token, inputs));
  expect(message).toContain(`pulumi import ${token} it ${url}/${sid(1)}`);
  expect(made).toHaveLength(1);
});
