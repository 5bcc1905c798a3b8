import { allResources, isResource } from "@support-line/twilio-api";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { lifecycle, tokens } from "../lifecycles/lifecycles.ts";
import { lookupsOf } from "../lookups/lookups.ts";
import { packageSchema, schemaText } from "./schema.ts";

const committed = readFileSync(new URL("../schema.gen.json", import.meta.url), "utf8");

test("the committed schema is what the rows say; npm run generate writes it", () => {
  expect(committed).toBe(schemaText());
});

test("every resource of the schema has a life, and every row in scope is in the schema", async () => {
  const inSchema = Object.keys(packageSchema()["resources"] as object);
  expect(inSchema.toSorted()).toEqual(tokens().toSorted());
  const lives = await Promise.all(inSchema.map(lifecycle));
  expect(lives.map(({ shape }) => shape.token)).toEqual(inSchema);
  expect(allResources().filter(isResource).length + 1).toBe(inSchema.length);
});

test("every property says what it is", () => {
  const { resources } = packageSchema() as unknown as {
    resources: Record<string, { properties: Record<string, { description?: string }> }>;
  };
  const silent = Object.entries(resources).flatMap(([token, { properties }]) =>
    Object.entries(properties)
      .filter(([, { description }]) => !description)
      .map(([name]) => `${token}.${name}`),
  );
  expect(silent).toEqual([]);
});

test("what one word of a list stands for is an enum type: closed, or open to other words", () => {
  const { types, resources } = packageSchema() as unknown as {
    types: Record<string, { enum?: { name: string; value: string; description: string }[] }>;
    resources: Record<string, { inputProperties: Record<string, object> }>;
  };
  const flow = resources["twilio:studio:Flow"]?.inputProperties["status"];
  expect(flow).toMatchObject({ $ref: "#/types/twilio:studio:FlowStatus" });
  expect(types["twilio:studio:FlowStatus"]?.enum).toMatchObject([{ value: "draft" }, { value: "published" }]);
  const sink = resources["twilio:events:Sink"]?.inputProperties["sinkType"];
  expect(sink).toMatchObject({ oneOf: [{ type: "string" }, { $ref: "#/types/twilio:events:SinkSinkType" }] });
  for (const { enum: words = [] } of Object.values(types)) {
    expect(new Set(words.map(({ name }) => name)).size).toBe(words.length);
    for (const { description } of words) expect(description).not.toBe("");
  }
});

test("no member of a class is called as the class, which C# refuses", () => {
  interface Named {
    readonly language?: { readonly csharp?: { readonly name?: string } };
  }
  const { resources } = packageSchema() as unknown as {
    resources: Record<string, Record<"properties" | "inputProperties", Record<string, Named>>>;
  };
  const membersOf = (token: string) =>
    Object.entries({ ...resources[token]?.inputProperties, ...resources[token]?.properties }).map(
      ([name, { language }]) => language?.csharp?.name ?? `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`,
    );
  expect(membersOf("twilio:routes:PhoneNumber")).toContain("PhoneNumberValue");
  for (const token of Object.keys(resources)) expect(membersOf(token)).not.toContain(token.split(":")[2]);
});

test("no two lookups are called the same", () => {
  const tokens = allResources()
    .flatMap(lookupsOf)
    .map(({ token }) => token);
  expect(tokens.filter((token, at) => tokens.indexOf(token) !== at)).toEqual([]);
  expect(tokens).toContain("twilio:conversations:getConversations");
});

test("names no property that Pulumi keeps for itself", () => {
  const { resources } = packageSchema() as unknown as {
    resources: Record<string, { properties: Record<string, unknown> }>;
  };
  const names = Object.values(resources).flatMap(({ properties }) => Object.keys(properties));
  expect(names.filter((name) => name === "id" || name === "urn")).toEqual([]);
});
