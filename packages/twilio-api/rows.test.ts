import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { documentRows } from "./generate/resource-row.ts";
import { refuseUnreadDocuments, refuseUnusedNames, refuseUnusedRows } from "./generate/unused-rows.ts";
import { valueType } from "./generate/value-type.ts";
import { allResources, matchRoute, resource } from "./index.ts";
import { notRead, scope } from "./scope.ts";

describe("rows", () => {
  test("are what the generator makes of Twilio's documents today", () => {
    const generate = fileURLToPath(new URL("generate.ts", import.meta.url));
    expect(execFileSync(process.execPath, [generate, "--check"], { encoding: "utf8" })).toContain(
      "serverless",
    );
  });

  test("I23: are made of the newer documents too: conversations v2, memory v1, knowledge v1", () => {
    const read = new Set(allResources().map(({ product, version }) => `${product} ${version}`));
    expect([...read]).toEqual(
      expect.arrayContaining(["conversations v1", "conversations v2", "memory v1", "knowledge v1"]),
    );
  });

  test("say where a response shows each input", () => {
    const inputs = resource("twilio:conversations:AddressConfiguration")?.inputs ?? [];
    const shown = Object.fromEntries(inputs.map(({ name, property }) => [name, property]));
    expect(shown).toMatchObject({
      Address: "address",
      "AutoCreation.StudioFlowSid": "auto_creation.studio_flow_sid",
    });
  });

  test("say what replaces a resource: inputs that only create takes", () => {
    const inputs = resource("twilio:serverless:Service")?.inputs ?? [];
    const createOnly = inputs
      .filter(({ onCreate, onUpdate }) => onCreate && !onUpdate)
      .map(({ name }) => name);
    expect(createOnly).toEqual(["UniqueName"]);
  });

  test("have an overlay where the documents are silent: uploads, secrets, durations", () => {
    expect(resource("twilio:serverless:FunctionVersion")?.operations.create?.host).toBe(
      "serverless-upload.twilio.com",
    );
    expect(resource("twilio:api:Account")?.secretProperties).toEqual(["auth_token"]);
    const timer = resource("twilio:conversations:Conversation")?.inputs.find(
      ({ name }) => name === "Timers.Closed",
    );
    expect(timer?.property).toBeNull();
  });

  test("have one token each, and a way to reach every operation", () => {
    const rows = allResources();
    expect(new Set(rows.map(({ token }) => token)).size).toBe(rows.length);
    for (const row of rows) {
      for (const [name, { host = row.host, method, path }] of Object.entries(row.operations)) {
        const concrete = path.replace(/\{(\w+)\}/g, "x$1");
        const route = matchRoute(host, method, concrete);
        expect(route, `${method} ${path}`).toMatchObject({ operation: name });
        expect(typeof route === "object" && route?.resource.token).toBe(row.token);
      }
    }
  });
});

describe("matchRoute", () => {
  test("prefers a literal to a parameter, and tells a wrong method from a wrong path", () => {
    expect(matchRoute("studio.twilio.com", "POST", "/v2/Flows/Validate")).toMatchObject({
      resource: { token: "twilio:studio:FlowValidate" },
    });
    expect(matchRoute("studio.twilio.com", "PUT", "/v2/Flows")).toBe("methodNotAllowed");
    expect(matchRoute("studio.twilio.com", "GET", "/v2/Flow")).toBeNull();
    expect(matchRoute("example.com", "GET", "/v2/Flows")).toBeNull();
  });

  test("reads parameters, with what follows them and what is escaped", () => {
    const route = matchRoute("api.twilio.com", "GET", "/2010-04-01/Accounts/AC1.json");
    expect(route).toMatchObject({ parameters: { Sid: "AC1" } });
    expect(matchRoute("serverless.twilio.com", "GET", "/v1/Services/my%20one")).toMatchObject({
      parameters: { Sid: "my one" },
    });
    expect(matchRoute("serverless.twilio.com", "GET", "/v1/Services/%E0%A4%A")).toMatchObject({
      parameters: { Sid: "%E0%A4%A" },
    });
  });
});

describe("the generator", () => {
  test("stops at a schema keyword that nobody has decided about", () => {
    const document = { paths: {}, components: { schemas: {} } };
    expect(() => valueType(document, { type: "string", writeOnly: true }, "CreateThing Name")).toThrow(
      'CreateThing Name: schema keyword "writeOnly" is new',
    );
  });

  test("stops at it in the root of a request too, where it would hide every input", () => {
    const schema = { type: "object", oneOf: [] };
    const document = {
      servers: [{ url: "https://things.twilio.com" }],
      paths: {
        "/v1/Things": {
          post: {
            operationId: "CreateThing",
            requestBody: { content: { "application/x-www-form-urlencoded": { schema } } },
            responses: { "201": {} },
          },
        },
      },
      components: { schemas: {} },
    };
    const row = { product: "things", version: "v1", document: "twilio_things_v1" };
    expect(() => documentRows(row, document)).toThrow(
      'CreateThing (Thing) request: schema keyword "oneOf" is new',
    );
  });

  test("takes the document's server where a path names none", () => {
    const document = {
      servers: [{ url: "https://things.twilio.com" }],
      paths: { "/v1/Things": { get: { operationId: "ListThing", responses: { "200": {} } } } },
      components: { schemas: {} },
    };
    const row = { product: "things", version: "v1", document: "twilio_things_v1" };
    expect(documentRows(row, document).resources[0]?.host).toBe("things.twilio.com");
    expect(() => documentRows(row, { ...document, servers: [] })).toThrow(
      "Thing: neither /v1/Things nor the document names a server",
    );
  });

  test("stops at a row of scope, overlay or not-resources that matches nothing, and at a document nobody decided about", () => {
    const whole = { product: "api", version: "2010-04-01", document: "twilio_api_v2010" };
    const row = { ...whole, only: { names: ["Acount"], reason: "misspelt" } };
    expect(() => refuseUnusedNames(row, ["Account"], [])).toThrow("twilio_api_v2010 has no Acount");
    const rows = allResources();
    expect(() => refuseUnusedRows(rows)).not.toThrow();
    const without = (token: string) => rows.filter((each) => each.token !== token);
    expect(() => refuseUnusedRows(without("twilio:api:Account"))).toThrow(
      "no resource in scope is twilio:api:Account",
    );
    expect(() => refuseUnusedRows(without("twilio:api:Siprec"))).toThrow("twilio:api:Siprec");
    const account = resource("twilio:api:Account");
    const bare = { ...account, properties: [] } as NonNullable<typeof account>;
    expect(() => refuseUnusedNames(whole, [], [bare])).toThrow("twilio:api:Account has no auth_token");
    const documents = [
      ...scope.map(({ document }) => document),
      ...notRead.flatMap((each) => each.documents),
    ];
    expect(() => refuseUnreadDocuments([...documents, "twilio_new_v1"])).toThrow("twilio_new_v1 is new");
    expect(() => refuseUnreadDocuments(documents.slice(1))).toThrow("publishes no twilio_serverless_v1");
  });

  test("takes apart what is made of several schemas, and knows what is created under a given id", () => {
    const document = {
      paths: {},
      components: { schemas: { One: { type: "object", properties: { a: { type: "string" } } } } },
    };
    const both = {
      allOf: [{ $ref: "#/components/schemas/One" }, { properties: { b: { type: "boolean" } } }],
    };
    expect(valueType(document, both, "Thing")).toMatchObject({ properties: [{ name: "a" }, { name: "b" }] });
    const attached = resource("twilio:messaging:LinkshorteningMessagingService");
    expect(attached).toMatchObject({ idParameter: null, parents: [{ sid: "DN" }, { sid: "MG" }] });
  });

  test("marks what only the answer to a create shows as secret", () => {
    expect(resource("twilio:api:Key")).toMatchObject({ shownOnce: ["secret"], secretProperties: ["secret"] });
  });
});
