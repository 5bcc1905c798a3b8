import type { Twilio as Client } from "twilio";
import { afterEach, beforeEach, expect, test } from "vitest";
import { clientOf, refusalOf } from "../testing/client.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";

let local: TestTwilio;
let client: Client;
beforeEach(async () => {
  local = await startForTest();
  client = clientOf(local);
});
afterEach(() => local[Symbol.asyncDispose]());

const documents = () => client.sync.v1.services("default").documents;
const pass = (seconds: number) => local.control("POST", "clock/advance", { seconds });

test("a Document lives as many seconds as its time-to-live says", async () => {
  const { dateCreated, dateExpires } = await documents().create({ uniqueName: "brief", ttl: 600 });
  // The day it was made has whole seconds, the day it goes has thousandths.
  expect(Math.round((dateExpires.getTime() - dateCreated.getTime()) / 1000)).toBeCloseTo(600, -1);
  await pass(590);
  expect(await documents()("brief").fetch()).toMatchObject({ uniqueName: "brief" });
  await pass(11);
  expect(await refusalOf(documents()("brief").fetch())).toMatchObject({ status: 404 });
  await documents().create({ uniqueName: "brief" });
});

test("a Document without a time-to-live stays, and its name is taken", async () => {
  await documents().create({ uniqueName: "kept" });
  await pass(400 * 24 * 3600);
  expect((await documents()("kept").fetch()).dateExpires).toBeNull();
  expect(await refusalOf(documents().create({ uniqueName: "kept" }))).toMatchObject({ code: 54301 });
});

test("items of a List come from the first on, or backwards where that is asked for", async () => {
  const { sid } = await client.sync.v1.services("default").syncLists.create({ uniqueName: "kept" });
  const { syncListItems } = client.sync.v1.services("default").syncLists(sid);
  for (const n of [0, 1, 2]) await syncListItems.create({ data: { n } });
  const listed = async (order?: "asc" | "desc") => {
    const items = await syncListItems.list(order === undefined ? {} : { order });
    return items.map(({ data }) => (data as { n: number }).n);
  };
  expect([await listed(), await listed("asc"), await listed("desc")]).toEqual([
    [0, 1, 2],
    [0, 1, 2],
    [2, 1, 0],
  ]);
});
