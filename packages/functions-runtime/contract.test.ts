import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createFunctionsHost } from "./host.ts";
import {
  accountSid,
  answering,
  deploymentOf,
  domain,
  requestOf,
  textOf,
  withTwilio,
  type RequestParts,
} from "./testing/deployment.ts";

/** One process for all of them: each is a Function of its own. */
const functions = {
  "/echo": answering("event"),
  "/context": answering(
    "[context.PATH, context.DOMAIN_NAME, context.SERVICE_SID, context.ENVIRONMENT_SID, context.ACCOUNT_SID, context.GREETING].join()",
  ),
  "/library": answering(
    "new Twilio.twiml.MessagingResponse().toString() + context.getTwilioClient().accountSid",
  ),
  "/runtime": answering(
    "[Object.keys(Runtime.getFunctions()), Object.keys(Runtime.getAssets()), Runtime.getAssets()['/a.json'].open(), require(Runtime.getFunctions()['lib/shared'].path).one]",
  ),
  "/sync": answering(
    "[Runtime.getSync(), Runtime.getSync({ serviceName: 'IS1' })].map((sync) => [sync.maps('m')._uri, typeof sync.lists])",
  ),
  "/fetch-response": answering("typeof new Response('').json"),
  "/lib/shared.private": "exports.one = 1;",
  "/nothing": "exports.handler = (c, e, callback) => callback();",
  "/text": answering("'Success'"),
  "/number": answering("7"),
  "/object": answering("{ a: 1 }"),
  "/bare-object": answering("Object.assign(Object.create(null), { a: 1 })"),
  "/twiml": answering("new Twilio.twiml.MessagingResponse()"),
  "/response": answering("new Twilio.Response().setStatusCode(201).setBody('made')"),
  "/options": answering("new Twilio.Response({ statusCode: 202, body: 'x', headers: { 'X-Count': 3 } })"),
  "/json-response": answering(
    "new Twilio.Response().appendHeader('Content-Type', 'application/json').setBody({ a: 1 })",
  ),
  "/headers": answering(
    "new Twilio.Response().setCookie('lost', '1').setHeaders({ 'X-A': '1', 'set-cookie': 'k=1' }).appendHeader('X-A', ['2', '3'])",
  ),
  "/cookies": answering(
    "new Twilio.Response().setCookie('a', '1', ['Secure']).setCookie('b', '2').removeCookie('b')",
  ),
  "/async": "exports.handler = async (c, e, callback) => { await null; callback(null, 'later'); };",
  "/falsy-error": "exports.handler = (c, e, callback) => callback(false, 'fine');",
  "/twice": "exports.handler = (c, e, callback) => { callback(null, 'first'); callback(null, 'second'); };",
  "/error": "exports.handler = (c, e, callback) => callback(new Error('no agent'));",
  "/throws": "exports.handler = () => { throw new Error('no agent'); };",
  "/rejects": "exports.handler = async () => { throw new Error('no agent'); };",
  "/timer": "exports.handler = () => { setTimeout(() => { throw new Error('no agent'); }, 1); };",
  "/floating": "exports.handler = () => { Promise.reject(new Error('no agent')); };",
  "/error-text": "exports.handler = (c, e, callback) => callback('no agent');",
  "/error-object": "exports.handler = (c, e, callback) => callback({ why: 'no agent' });",
  "/error-circle": "exports.handler = (c, e, callback) => { const o = {}; o.o = o; callback(o); };",
  "/object-body": answering("new Twilio.Response().setBody({})"),
  "/object-header": answering("new Twilio.Response().appendHeader('X-A', {})"),
  "/too-large": answering("'x'.repeat(4 * 1024 * 1024)"),
  "/no-handler": "exports.handle = 1;",
  "/syntax": "exports.handler = (;",
  "/env": answering(
    "[process.env.GREETING, process.env.ACCOUNT_SID, process.env.DOMAIN_NAME, process.env.PATH === context.PATH]",
  ),
  "/imports":
    "exports.handler = async (c, e, callback) => callback(null, typeof (await import('got')).default.get + typeof (await import('twilio')).default);",
  "/imports-none": "exports.handler = async () => { await import('no-such-package'); };",
  "/prints":
    "exports.handler = async (c, event, callback) => { console.warn('got', event.n); await null; console.error({ n: event.n }); console.dir([1]); callback(); console.log('too late'); };",
};

const host = createFunctionsHost();
beforeAll(() =>
  host.deploy(
    deploymentOf(functions, {
      assets: { "/a.json.private": '{"a":1}', "/b.txt": "b" },
      modules: [withTwilio],
      variables: { GREETING: "hello" },
    }),
  ),
);
afterAll(() => host.close());

const run = (path: string, parts: RequestParts = {}) => host.invoke(domain, requestOf(path, parts));
const answerOf = async (path: string, parts: RequestParts = {}): Promise<unknown> =>
  JSON.parse(textOf(await run(path, parts)));

describe("what a Function is given", () => {
  test("event", async () => {
    const answer = await run("/echo", { query: "?a=1&b=2", form: { b: "3" } });
    expect(JSON.parse(textOf(answer))).toMatchObject({ a: "1", b: "3", request: { cookies: {} } });
    expect(answer.parameters).toEqual({ a: "1", b: "3" });
  });

  test("context: where it runs, credentials, Variables", async () => {
    expect(textOf(await run("/context"))).toBe(`/context,${domain},ZS1,ZE1,${accountSid},hello`);
  });

  test("I25: process.env has what context has, and what the process runs by stays", async () => {
    expect(await answerOf("/env")).toEqual(["hello", accountSid, domain, false]);
  });

  test("I28: a dependency can be imported, be it an ES module or not, and one that is missing is named", async () => {
    expect(textOf(await run("/imports"))).toBe("functionfunction");
    expect((await run("/imports-none")).error?.message).toContain("no-such-package");
  });

  test("Twilio, and a client for the account", async () => {
    expect(textOf(await run("/library"))).toMatch(new RegExp(`^<\\?xml.*<Response/>${accountSid}$`));
  });

  test("Runtime knows Functions by path without slash, and private Assets alone", async () => {
    const paths = Object.keys(functions).map((path) => path.replace(/^\/|\.private$/g, ""));
    expect(await answerOf("/runtime")).toEqual([paths, ["/a.json"], '{"a":1}', 1]);
  });

  test("Runtime.getSync is the default Sync Service or a named one, with maps and lists for short", async () => {
    expect(await answerOf("/sync")).toEqual([
      ["/Services/default/Maps/m", "function"],
      ["/Services/IS1/Maps/m", "function"],
    ]);
  });

  test("the Response of fetch stays what it is", async () => {
    expect(textOf(await run("/fetch-response"))).toBe("function");
  });
});

describe("what it calls back with", () => {
  test.each([
    ["/nothing", 200, "text/plain", ""],
    ["/text", 200, "text/plain", "Success"],
    ["/number", 200, "application/json", "7"],
    ["/object", 200, "application/json", '{"a":1}'],
    ["/bare-object", 200, "application/json", '{"a":1}'],
    ["/twiml", 200, "text/xml", '<?xml version="1.0" encoding="UTF-8"?><Response/>'],
    ["/response", 201, "text/plain", "made"],
    ["/json-response", 200, "application/json", '{"a":1}'],
    ["/async", 200, "text/plain", "later"],
    ["/falsy-error", 200, "text/plain", "fine"],
    ["/twice", 200, "text/plain", "first"],
  ])("%s", async (path, status, type, body) => {
    const answer = await run(path);
    expect([answer.response.status, answer.response.headers["content-type"], textOf(answer)]).toEqual([
      status,
      type,
      body,
    ]);
    expect(answer.error).toBeNull();
  });

  test("a Response from options", async () => {
    const answer = await run("/options");
    expect([answer.response.status, answer.response.headers["x-count"], textOf(answer)]).toEqual([
      202,
      "3",
      "x",
    ]);
  });

  test("headers: set anew, then added to", async () => {
    expect((await run("/headers")).response.headers).toMatchObject({
      "x-a": ["1", "2", "3"],
      "set-cookie": ["k=1;HttpOnly;Secure"],
    });
  });

  test("cookies, one header a cookie", async () => {
    const { headers } = (await run("/cookies")).response;
    expect(headers["set-cookie"]).toEqual(["a=1;Secure;HttpOnly", "b=;Max-Age=0;HttpOnly;Secure"]);
  });
});

describe("how it fails", () => {
  test.each(["/error", "/throws", "/rejects", "/timer", "/floating"])(
    "%s is a 500 that says why",
    async (path) => {
      const answer = await run(path);
      expect(answer.response.status).toBe(500);
      expect(JSON.parse(textOf(answer))).toMatchObject({ name: "Error", message: "no agent" });
      expect(answer.error).toMatchObject({ code: 82002, message: "no agent" });
    },
  );

  test.each([
    ["/error-text", "no agent"],
    ["/error-object", '{"why":"no agent"}'],
    ["/error-circle", "{}"],
  ])("%s is a 500 with what was given", async (path, body) => {
    const answer = await run(path);
    expect([answer.response.status, textOf(answer), answer.error?.message]).toEqual([500, body, body]);
  });

  test.each([
    ["/object-body", /Content-Type application\/json/],
    ["/object-header", /Header value cannot be an object/],
    ["/too-large", /The response is \d+ bytes, and Twilio allows 4194304/],
    ["/no-handler", /\/no-handler exports no handler/],
    ["/syntax", /Unexpected token/],
  ])("%s is a 500 that says what to change", async (path, message) => {
    const answer = await run(path);
    expect(answer.response.status).toBe(500);
    expect(answer.error?.message).toMatch(message);
  });

  test("a JSON body that is none is refused before the Function", async () => {
    expect((await run("/echo", { json: {}, body: "{" })).response.status).toBe(400);
  });
});

test("what it prints comes with the run that printed it", async () => {
  const [one, two] = await Promise.all(["1", "2"].map((n) => run("/prints", { form: { n } })));
  expect(one?.logs).toEqual([
    { level: "warn", message: "got 1" },
    { level: "error", message: "{ n: '1' }" },
    { level: "info", message: "[ 1 ]" },
  ]);
  expect(two?.logs[0]?.message).toBe("got 2");
});
