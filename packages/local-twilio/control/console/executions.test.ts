/** Finding Executions: by what failed, by a widget on the way, by words, by person, by time. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { textOf } from "../../json.ts";
import type { Body } from "../../product.ts";
import { flowOf, run, say, split } from "../../testing/flows.ts";
import { startForTest, type TestTwilio } from "../../testing/local.ts";

const line = "+15550100001";
const [happy, broken, unreached] = ["+15550100201", "+15550100202", "+15550100203"];
let local: TestTwilio;

interface Found {
  readonly contact: string;
  readonly failures: readonly {
    readonly state: string;
    readonly event: string;
    readonly code: number | null;
  }[];
}

async function find(query: string): Promise<Found[]> {
  const { body } = await local.control("GET", `executions?${query}`);
  return body["executions"] as unknown as Found[];
}
const contacts = async (query: string): Promise<string[]> =>
  (await find(query)).map(({ contact }) => contact).sort();

beforeAll(async () => {
  local = await startForTest();
  const definition = flowOf(
    split("menu", "{{trigger.message.Body}}", { order: "ask-shop" }, "hello"),
    run("ask-shop", "https://nobody-0000.twil.io/order", {}, { fail: "sorry" }),
    say("sorry", "The shop is closed"),
    say("hello", "Good morning"),
  );
  const flow = await local.call("POST", "studio.twilio.com/v2/Flows", {
    FriendlyName: "shop",
    Status: "published",
    Definition: JSON.stringify(definition),
  });
  const account = `api.twilio.com/2010-04-01/Accounts/${local.accountSid}`;
  const numbers = await local.call(
    "GET",
    `${account}/IncomingPhoneNumbers.json?PhoneNumber=${encodeURIComponent(line)}`,
  );
  const [number] = numbers.body["incoming_phone_numbers"] as Body[];
  await local.call("POST", `${account}/IncomingPhoneNumbers/${textOf(number?.["sid"])}.json`, {
    SmsUrl: textOf(flow.body["webhook_url"]),
  });
  const write = (from: string, body: string) =>
    local.control("POST", `handsets/${encodeURIComponent(from)}/messages`, { to: line, body });
  await local.control("POST", `handsets/${encodeURIComponent(unreached ?? "")}/rules`, {
    rules: [{ outcome: "undelivered", errorCode: 30003 }],
  });
  await write(happy ?? "", "a sunny day");
  await write(broken ?? "", "order");
  await write(unreached ?? "", "a cloudy day");
  await local.control("GET", "idle");
});
afterAll(() => local[Symbol.asyncDispose]());

test("failed has a widget left by its failure and a message that did not arrive, and nothing else", async () => {
  expect(await contacts("status=failed")).toEqual([broken, unreached]);
});

test("a row says where it failed", async () => {
  const [row] = await find("status=failed&find=0202");
  expect(row?.failures).toMatchObject([{ state: "ask-shop", event: "fail" }]);
  const [lost] = await find("find=0203");
  expect(lost?.failures).toMatchObject([{ event: "undelivered", code: 30003 }]);
  const [fine] = await find("find=0201");
  expect(fine?.failures).toEqual([]);
});

test.each([
  ["a widget that it went through, not the one that it ended in", "find=ask-shop", [broken]],
  ["words that the customer wrote", "find=sunny", [happy]],
  ["words that the Flow said", "find=shop+closed", [broken]],
  ["the name of the Flow", "find=shop", [happy, broken, unreached]],
  ["a person as lists name them", `find=${encodeURIComponent("··0203")}`, [unreached]],
  ["a wildcard, which is none", "find=%25", []],
  ["a time before any of them", "until=2020-01-01T00:00:00Z", []],
  ["a time after any of them", "since=2090-01-01T00:00:00Z", []],
  ["a time after any calendar", "since=%2B275760-09-13T00:00:00Z", []],
  ["a time that all began after", "since=2020-01-01", [happy, broken, unreached]],
])("found by %s", async (_, query, found) => {
  expect(await contacts(query)).toEqual(found);
});

test.each(["status=odd", "since=yesterday"])("%s is refused with what would do", async (query) => {
  const { status, body } = await local.control("GET", `executions?${query}`);
  expect([status, body]).toMatchObject([400, { error: { code: "invalid_query" } }]);
});
