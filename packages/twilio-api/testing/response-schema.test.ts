import { describe, expect, test } from "vitest";
import { productNames, resource } from "../index.ts";
import { responseExamples, responseFaults } from "./response-schema.ts";

describe("the documents' own examples", () => {
  const examples = responseExamples();

  test("are there for every product in scope", () => {
    const products = new Set(examples.map(({ token }) => token.split(":")[1]));
    expect(products).toEqual(new Set(productNames));
  });

  test.each(examples)(
    "$token $operation $name fits its schema, and the row names all it shows",
    (example) => {
      const { token, operation, body } = example;
      expect(responseFaults(token, operation, body)).toEqual([]);
      const row = resource(token);
      if (operation === "list" || operation === "delete") return;
      const names = new Set(row?.properties.map(({ name }) => name));
      expect(Object.keys(body as object).filter((name) => !names.has(name))).toEqual([]);
    },
  );

  test("a body that does not fit is told apart", () => {
    expect(responseFaults("twilio:serverless:Service", "fetch", { sid: "XX1", extra: 1 })).toEqual([
      expect.stringContaining("must NOT have additional properties"),
      expect.stringContaining("/sid must match pattern"),
    ]);
  });
});
