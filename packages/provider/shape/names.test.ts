import { expect, test } from "vitest";
import { fromPascal, fromSnake, inputPath, manyOf } from "./names.ts";

test.each([
  ["FriendlyName", ["friendlyName"]],
  ["AutoCreation.StudioFlowSid", ["autoCreation", "studioFlowSid"]],
  ["MessagingBinding.ProjectedAddress", ["messagingBinding", "projectedAddress"]],
  ["URL", ["url"]],
  ["A2PProfileBundleSid", ["a2pProfileBundleSid"]],
])("the request parameter %s is the input %j", (wire, path) => {
  expect(inputPath(wire)).toEqual(path);
});

test.each([
  ["SMSUrl", "smsUrl"],
  ["ChatServiceSid", "chatServiceSid"],
  ["Sid", "sid"],
])("the path parameter %s is %s", (wire, name) => {
  expect(fromPascal(wire)).toBe(name);
});

test.each([
  ["date_created", "dateCreated"],
  ["sms_url", "smsUrl"],
  ["sid", "sid"],
  ["1_day", "1Day"],
])("the response property %s is %s", (wire, name) => {
  expect(fromSnake(wire)).toBe(name);
});

test.each([
  ["Flow", "Flows"],
  ["Activity", "Activities"],
  ["Address", "Addresses"],
  ["TaskQueue", "TaskQueues"],
  ["Knowledge", "AllKnowledge"],
  ["BrandRegistrations", "AllBrandRegistrations"],
])("several of a %s are %s", (one, many) => {
  expect(manyOf(one)).toBe(many);
});
