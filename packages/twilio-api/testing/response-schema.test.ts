import { describe, expect, test } from "vitest";
import { productNames, resource } from "../index.ts";
import { responseExamples, responseFaults } from "./response-schema.ts";

/** A list response: the array of resources stands under the list's key. */
type Page = Readonly<Record<string, object[]>>;

describe("the documents' own examples", () => {
  const examples = responseExamples();

  test("are there for every product but those whose documents carry none", () => {
    const products = new Set(examples.map(({ token }) => token.split(":")[1]));
    const without = productNames.filter((name) => !products.has(name));
    expect(without).toEqual(["memory", "assistants", "knowledge"]);
  });

  test.each(examples)(
    "$token $operation $name fits its schema, and the row names all it shows",
    (example) => {
      const { token, operation, status, body } = example;
      expect(responseFaults(token, operation, body, status)).toEqual([]);
      const row = resource(token);
      if (operation === "delete") return;
      const names = new Set(row?.properties.map(({ name }) => name));
      const shown = operation === "list" ? (body as Page)[row?.list?.key ?? ""] : [body as object];
      expect(shown).toBeInstanceOf(Array);
      const keys = new Set(shown?.flatMap((item) => Object.keys(item)));
      expect([...keys].filter((name) => !names.has(name))).toEqual([]);
    },
  );

  test("a body that does not fit is told apart", () => {
    expect(responseFaults("twilio:serverless:Service", "fetch", { sid: "XX1", extra: 1 })).toEqual([
      expect.stringContaining("must NOT have additional properties"),
      expect.stringContaining("/sid must match pattern"),
    ]);
  });

  test("null and empty texts pass only where the document or the overlay says so", () => {
    const bodyOf = (token: string, operation: string) =>
      examples.find((each) => each.token === token && each.operation === operation)?.body as object;
    const number = "twilio:api:IncomingPhoneNumber";
    const example = bodyOf(number, "fetch");
    expect(responseFaults(number, "fetch", { ...example, sms_application_sid: "" })).toEqual([]);
    expect(responseFaults(number, "fetch", { ...example, sid: "" })).toEqual([
      expect.stringContaining("/sid must match pattern"),
    ]);
    const flow = "twilio:studio:Flow";
    expect(responseFaults(flow, "create", { ...bodyOf(flow, "create"), revision: null })).toEqual([
      "/revision must be integer",
    ]);
  });

  test("every status of success has its schema, and another one is a fault", () => {
    const token = "twilio:conversations:ConversationWithParticipants";
    const statuses = examples.filter((each) => each.token === token).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([201, 202]));
    expect(responseFaults(token, "create", {}, 200)).toEqual(["status 200 is not one of 201, 202"]);
  });

  test("what no row names is refused rather than found faultless", () => {
    expect(() => responseFaults("twilio:serverless:Servce", "fetch", {})).toThrow(
      "no row says how to fetch twilio:serverless:Servce",
    );
    expect(() => responseFaults("twilio:studio:FlowValidate", "delete", {})).toThrow("no row says how");
  });
});
