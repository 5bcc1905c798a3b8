import { expect, test } from "vitest";
import { deploy } from "../testing/deploy.ts";
import { startForTest } from "../testing/local.ts";
import { say } from "./say.ts";

test("what was said, what each handset received in answer, and nothing from before", async () => {
  await using local = await startForTest();
  const source = `exports.handler = (context, event, callback) => {
    const answer = new Twilio.twiml.MessagingResponse();
    answer.message("you said " + event.Body);
    callback(null, answer);
  };`;
  const { domain } = await deploy(local, "echo", [{ path: "/echo", source, visibility: "protected" }]);
  const account = `api.twilio.com/2010-04-01/Accounts/${local.accountSid}`;
  const found = await local.call("GET", `${account}/IncomingPhoneNumbers.json?PhoneNumber=%2B15550100001`);
  const [number] = found.body["incoming_phone_numbers"] as { sid: string }[];
  const update = `${account}/IncomingPhoneNumbers/${number?.sid ?? ""}.json`;
  await local.call("POST", update, { SmsUrl: `https://${domain}/echo` });

  const message = { from: "+15550100201", to: "+15550100001" };
  await say(local.endpoint, { ...message, body: "first" });
  const said = await say(local.endpoint, { ...message, body: "second" });
  expect(said.lines).toEqual([
    "+15550100201 -> +15550100001  second",
    "  +15550100201 <- +15550100001  you said second",
  ]);
  expect(said.paths).toEqual({});

  await local.control("POST", "handsets/%2B15550100201/rules", {
    rules: [{ outcome: "undelivered", errorCode: 30005 }],
  });
  const lost = await say(local.endpoint, { ...message, body: "third" });
  expect(lost.lines).toContain("  +15550100201 <- +15550100001  you said third  (undelivered, 30005)");
});

test("a number that is not one of the account's is refused", async () => {
  await using local = await startForTest();
  const saying = say(local.endpoint, { from: "+15550100201", to: "+15550199999", body: "hello" });
  await expect(saying).rejects.toMatchObject({ exitCode: 2 });
});
