import { createRequire } from "node:module";
import twilio from "twilio";
import { afterAll, describe, expect, test } from "vitest";
import { createFunctionsHost } from "./host.ts";
import { signRequest } from "./signature.ts";
import type { Deployment, FunctionRequest, Invocation } from "./types.ts";

const authToken = "0123456789abcdef0123456789abcdef";
const root = createRequire(import.meta.url)
  .resolve("twilio/package.json")
  .replace(/\/node_modules\/.*$/, "");
const bytes = (text: string) => new TextEncoder().encode(text);
const textOf = ({ response }: Invocation) => new TextDecoder().decode(response.body);

/** A deployment of public Functions, by path; `name.protected` and `name.private` say otherwise. */
function deployment(sources: Record<string, string>, assets: Record<string, string> = {}): Deployment {
  const files = (given: Record<string, string>) =>
    Object.entries(given).map(([name, source], at) => {
      const [, path = "", visibility = "public"] = /^(.*?)(?:\.(protected|private))?$/.exec(name) ?? [];
      return { sid: `ZH${at}`, path, visibility: visibility as "public", content: bytes(source) };
    });
  return {
    accountSid: "AC10ca1000000000000000000000000001",
    authToken,
    serviceSid: "ZS1",
    environmentSid: "ZE1",
    domainName: "test.twil.io",
    variables: { GREETING: "hello" },
    functions: files(sources),
    assets: files(assets),
    modules: [root],
    endpoint: "http://127.0.0.1:9",
  };
}

function request(
  path: string,
  given: {
    method?: string;
    query?: string;
    form?: Record<string, string>;
    headers?: Record<string, string>;
    json?: unknown;
  } = {},
): FunctionRequest {
  const url = `https://test.twil.io${path}${given.query ?? ""}`;
  const form = given.form === undefined ? "" : new URLSearchParams(given.form).toString();
  const type = given.json === undefined ? "application/x-www-form-urlencoded" : "application/json";
  return {
    method: given.method ?? "POST",
    path,
    url,
    headers: { "content-type": type, ...given.headers },
    body: bytes(given.json === undefined ? form : JSON.stringify(given.json)),
  };
}

const host = createFunctionsHost({ timeoutMs: 2000 });
afterAll(() => host.close());

async function run(source: string, given: Parameters<typeof request>[1] = {}): Promise<Invocation> {
  await host.deploy(deployment({ "/f": source }));
  return host.invoke("test.twil.io", request("/f", given));
}
const answering = (expression: string) =>
  `exports.handler = (context, event, callback) => callback(null, ${expression});`;

describe("event and context", () => {
  test("query and body are merged, and the body wins", async () => {
    const answer = await run(answering("event"), { query: "?a=1&b=2", form: { b: "3" } });
    expect(JSON.parse(textOf(answer))).toMatchObject({ a: "1", b: "3" });
    expect(answer.parameters).toEqual({ a: "1", b: "3" });
  });

  test("headers are lower case, without those of the way; cookies are read", async () => {
    const headers = {
      "X-Twilio-Signature": "s",
      "I-Twilio-Idempotency-Token": "t",
      Cookie: "k=v%20w",
      Via: "x",
    };
    const answer = await run(answering("event.request"), { headers });
    expect(JSON.parse(textOf(answer))).toEqual({
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "x-twilio-signature": "s",
        cookie: "k=v%20w",
      },
      cookies: { k: "v w" },
    });
  });

  test("context has where it runs, credentials and Variables, and new Variables need no deployment", async () => {
    const answer = await run(
      answering("[context.PATH, context.DOMAIN_NAME, context.ACCOUNT_SID, context.GREETING].join()"),
    );
    expect(textOf(answer)).toBe("/f,test.twil.io,AC10ca1000000000000000000000000001,hello");
    host.setVariables("test.twil.io", { GREETING: "goodbye" });
    expect(textOf(await host.invoke("test.twil.io", request("/f")))).toContain("goodbye");
  });

  test("the helper library is there, and a client for the account", async () => {
    const answer = await run(
      answering(
        "[new Twilio.twiml.MessagingResponse().toString(), context.getTwilioClient().accountSid].join()",
      ),
    );
    expect(textOf(answer)).toMatch(/^<\?xml.*<Response\/>,AC10ca1/);
  });

  test("Runtime knows Functions by path without slash, and private Assets alone", async () => {
    await host.deploy(
      deployment(
        {
          "/f": answering(
            "[Object.keys(Runtime.getFunctions()), Object.keys(Runtime.getAssets()), Runtime.getAssets()['/a.json'].open(), require(Runtime.getFunctions().shared.path).one]",
          ),
          "/shared.private": "exports.one = 1;",
        },
        { "/a.json.private": '{"a":1}', "/b.txt": "b" },
      ),
    );
    const answer = await host.invoke("test.twil.io", request("/f"));
    expect(JSON.parse(textOf(answer))).toEqual([["f", "shared"], ["/a.json"], '{"a":1}', 1]);
  });
});

describe("what a Function answers", () => {
  test.each([
    ["nothing", "undefined", 200, "text/plain", ""],
    ["text", "'Success'", 200, "text/plain", "Success"],
    ["an object", "{ a: 1 }", 200, "application/json", '{"a":1}'],
    ["TwiML", "new Twilio.twiml.MessagingResponse().message('hi')", 200, "text/xml", undefined],
    ["a Response", "new Twilio.Response().setStatusCode(201).setBody('made')", 201, "text/plain", "made"],
    [
      "a Response with an object",
      "new Twilio.Response().appendHeader('Content-Type', 'application/json').setBody({ a: 1 })",
      200,
      "application/json",
      '{"a":1}',
    ],
  ])("%s", async (name, expression, status, type, body) => {
    const twiml =
      "exports.handler = (c, e, callback) => { const t = new Twilio.twiml.MessagingResponse(); t.message('hi'); callback(null, t); };";
    const answer = await run(name === "TwiML" ? twiml : answering(expression));
    expect(answer.response.status).toBe(status);
    expect(answer.response.headers["content-type"]).toBe(type);
    expect(textOf(answer)).toBe(
      body ?? '<?xml version="1.0" encoding="UTF-8"?><Response><Message>hi</Message></Response>',
    );
  });

  test("cookies, one header a cookie", async () => {
    const answer = await run(
      answering("new Twilio.Response().setCookie('a', '1', ['Secure']).removeCookie('b')"),
    );
    expect(answer.response.headers["set-cookie"]).toEqual(["a=1;Secure", "b=;Max-Age=0"]);
  });

  test.each([
    ["an error it calls back with", "exports.handler = (c, e, callback) => callback(new Error('no agent'));"],
    ["an error it throws", "exports.handler = () => { throw new Error('no agent'); };"],
    ["a promise it rejects", "exports.handler = async () => { throw new Error('no agent'); };"],
  ])("%s is a 500 that says so", async (_, source) => {
    const answer = await run(source);
    expect(answer.response.status).toBe(500);
    expect(JSON.parse(textOf(answer))).toMatchObject({ name: "Error", message: "no agent" });
    expect(answer.error).toMatchObject({ code: 82002, message: "no agent" });
  });

  test("an object without a JSON content type, a missing handler and a syntax error are 500s too", async () => {
    expect((await run(answering("new Twilio.Response().setBody({})"))).response.status).toBe(500);
    expect((await run("exports.handle = 1;")).error?.message).toContain("/f exports no handler");
    expect((await run("exports.handler = (;")).response.status).toBe(500);
  });

  test("what it prints comes with the run that printed it", async () => {
    await host.deploy(
      deployment({
        "/f": "exports.handler = async (c, event, callback) => { console.warn('got', event.n); await null; console.error({ n: event.n }); callback(); };",
      }),
    );
    const [one, two] = await Promise.all(
      ["1", "2"].map((n) => host.invoke("test.twil.io", request("/f", { form: { n } }))),
    );
    expect(one?.logs).toEqual([
      { level: "warn", message: "got 1" },
      { level: "error", message: "{ n: '1' }" },
    ]);
    expect(two?.logs[0]?.message).toBe("got 2");
  });
});

describe("limits", () => {
  test("one that never calls back is a 504, and the next one runs", async () => {
    const quick = createFunctionsHost({ timeoutMs: 50 });
    const source =
      "exports.handler = async (c, event, callback) => { if (event.call) callback(null, 'back'); };";
    await quick.deploy(deployment({ "/f": source }));
    const late = await quick.invoke("test.twil.io", request("/f"));
    expect(late.response.status).toBe(504);
    expect(late.error?.message).toContain("did not call back");
    expect(textOf(await quick.invoke("test.twil.io", request("/f", { form: { call: "1" } })))).toBe("back");
    await quick.close();
  });

  test("one that ends its process is an error that names it, and the next one runs in a new process", async () => {
    await host.deploy(
      deployment({
        "/f": "exports.handler = (c, event, callback) => event.die ? process.exit(3) : callback(null, 'alive');",
      }),
    );
    await expect(host.invoke("test.twil.io", request("/f", { form: { die: "1" } }))).rejects.toThrow(
      "ended while /f ran (exit code 3)",
    );
    expect(textOf(await host.invoke("test.twil.io", request("/f")))).toBe("alive");
  });

  test("verbs, size and paths", async () => {
    await host.deploy(
      deployment(
        { "/f": answering("'ok'"), "/secret.private": answering("'no'") },
        { "/assets/index.html": "<p>" },
      ),
    );
    const status = async (path: string, given = {}) =>
      (await host.invoke("test.twil.io", request(path, given))).response.status;
    expect(await status("/f", { method: "PUT" })).toBe(405);
    expect(await status("/f", { form: { big: "x".repeat(1024 * 1024) } })).toBe(413);
    expect(await status("/missing")).toBe(404);
    expect(await status("/secret")).toBe(403);
    expect(await status("/", { method: "GET" })).toBe(200);
    await expect(host.invoke("other.twil.io", request("/f"))).rejects.toThrow(
      "nothing is deployed at other.twil.io",
    );
  });
});

describe("protected", () => {
  const protectedOnly = deployment({ "/f.protected": answering("event.a") });
  const status = async (given: FunctionRequest) => (await host.invoke("test.twil.io", given)).response.status;

  test("only what Twilio signed runs it", async () => {
    await host.deploy(protectedOnly);
    const form = { a: "1", b: "ü & +" };
    const signature = signRequest(authToken, "https://test.twil.io/f?x=1", form);
    const headers = { "x-twilio-signature": signature };
    expect(await status(request("/f", { query: "?x=1", form, headers }))).toBe(200);
    expect(await status(request("/f", { query: "?x=2", form, headers }))).toBe(403);
    expect(await status(request("/f", { query: "?x=1", form: { ...form, a: "2" }, headers }))).toBe(403);
    expect(await status(request("/f", { form }))).toBe(403);
  });

  test("the signature is the one that Twilio's own library makes and accepts", () => {
    const form = { b: ["2", "1", "2"], a: "ü" };
    const url = "https://test.twil.io/f?q=%20";
    const signature = signRequest(authToken, url, form);
    expect(twilio.validateRequest(authToken, signature, url, form)).toBe(true);
    expect(twilio.validateRequest(authToken, signature, url, { ...form, a: "u" })).toBe(false);
  });

  test("a rejection can be a 400, the other thing that Twilio's pages say", async () => {
    const strict = createFunctionsHost({ signatureRejection: 400 });
    await strict.deploy(protectedOnly);
    expect((await strict.invoke("test.twil.io", request("/f"))).response.status).toBe(400);
    await strict.close();
  });
});
