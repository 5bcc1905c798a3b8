import { existsSync, readdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { createFunctionsHost, type FunctionsHost, type FunctionsHostOptions } from "./host.ts";
import type { Invocation } from "./types.ts";
import {
  answering,
  deploymentOf,
  domain,
  requestOf,
  textOf,
  type RequestParts,
} from "./testing/deployment.ts";

let host: FunctionsHost;
const options: { -readonly [Name in keyof FunctionsHostOptions]: FunctionsHostOptions[Name] } = {};
beforeEach(() => {
  for (const name of Object.keys(options)) Reflect.deleteProperty(options, name);
  host = createFunctionsHost(options);
});
afterEach(() => host.close());

const ask = (path: string, parts: RequestParts = {}) => host.invoke(domain, requestOf(path, parts));
const saying = (text: string) => deploymentOf({ "/f": answering(`'${text}'`) });
/** Says its process, waits when it is told to, and ends its process when it is told to. */
const willing = deploymentOf({
  "/f": `exports.handler = (context, event, callback) => {
    console.log('begun');
    if (event.die) process.exit(3);
    if (event.spin) while (true);
    if (!event.wait) callback(null, String(process.pid));
    else if (event.wait !== 'ever') setTimeout(() => callback(null, String(process.pid)), Number(event.wait));
  };`,
});

describe("a run that does not end well", () => {
  test("one that never calls back is a 504 with what it printed, and the next one runs in a new process", async () => {
    options.timeoutMs = 300;
    await host.deploy(willing);
    const before = textOf(await ask("/f"));
    const late = await ask("/f", { form: { wait: "ever" } });
    expect([late.response.status, textOf(late)]).toEqual([504, "runtime application timed out"]);
    expect(late.error).toEqual({ code: 82002, message: "/f did not call back within 0.3 s" });
    expect(late.logs).toEqual([{ level: "info", message: "begun" }]);
    const after = await ask("/f");
    expect(after.response.status).toBe(200);
    expect(textOf(after)).not.toBe(before);
  });

  test("one that keeps its process busy is a 504 too", async () => {
    options.timeoutMs = 300;
    await host.deploy(willing);
    expect((await ask("/f", { form: { spin: "1" } })).response.status).toBe(504);
    expect((await ask("/f")).response.status).toBe(200);
  });

  test("those beside one that is late still answer", async () => {
    options.timeoutMs = 600;
    await host.deploy(willing);
    const late = ask("/f", { form: { wait: "ever" } });
    const beside = Promise.withResolvers<Invocation>();
    // Begun while the late one runs, done when the late one is over.
    setTimeout(() => void ask("/f", { form: { wait: "400" } }).then(beside.resolve), 300);
    expect((await late).response.status).toBe(504);
    expect((await beside.promise).response.status).toBe(200);
  });

  test("one that ends its process is a 500 that says so, and the next one runs", async () => {
    await host.deploy(willing);
    const answer = await ask("/f", { form: { die: "1" } });
    expect(answer.response.status).toBe(500);
    expect(answer.error).toEqual({
      code: 82002,
      message: `the process of ${domain} ended while /f ran (exit code 3)`,
    });
    expect((await ask("/f")).response.status).toBe(200);
  });
});

describe("deployments", () => {
  test("a new one takes over when it can run; what runs ends on the old one", async () => {
    await host.deploy(willing);
    const old = ask("/f", { form: { wait: "1000" } });
    const deployed = host.deploy(saying("new"));
    expect(textOf(await ask("/f"))).toMatch(/^\d+$/);
    await deployed;
    expect(textOf(await ask("/f"))).toBe("new");
    expect(textOf(await old)).toMatch(/^\d+$/);
  });

  test("of two at once the later one stays", async () => {
    await Promise.all([host.deploy(saying("one")), host.deploy(saying("two"))]);
    expect(textOf(await ask("/f"))).toBe("two");
  });

  test("a request during the first start waits for it", async () => {
    const deployed = host.deploy(saying("up"));
    expect(textOf(await ask("/f"))).toBe("up");
    await deployed;
  });

  test("new Variables need no new process", async () => {
    await host.deploy(
      deploymentOf({ "/f": answering("context.A + process.pid") }, { variables: { A: "1" } }),
    );
    const before = textOf(await ask("/f"));
    host.setVariables(domain, { A: "2" });
    expect(textOf(await ask("/f"))).toBe(before.replace(/^1/, "2"));
  });

  test("Variables that would not fit at Twilio fail here too", async () => {
    await host.deploy(deploymentOf({ "/f": answering("1") }, { variables: { A: "x".repeat(3000) } }));
    expect(await ask("/f")).toMatchObject({ response: { status: 500 }, error: { code: 82006 } });
  });

  test("without credentials there is no client", async () => {
    await host.deploy(deploymentOf({ "/f": answering("context.getTwilioClient()") }, { accountSid: "" }));
    expect((await ask("/f")).error?.message).toContain("getTwilioClient needs ACCOUNT_SID and AUTH_TOKEN");
  });

  test("a domain that has none, or no longer, is named", async () => {
    await expect(ask("/f")).rejects.toThrow(`nothing is deployed at ${domain}`);
    await host.deploy(saying("up"));
    host.undeploy(domain);
    expect(host.has(domain)).toBe(false);
    await expect(ask("/f")).rejects.toThrow(`nothing is deployed at ${domain}`);
  });
});

test("runs at once are counted over all Environments of a Service", async () => {
  options.maxConcurrent = 2;
  await host.deploy(willing);
  await host.deploy({ ...willing, domainName: "other.twil.io" });
  const running = [ask("/f", { form: { wait: "200" } }), ask("/f", { form: { wait: "200" } })];
  expect((await host.invoke("other.twil.io", requestOf("/f"))).response.status).toBe(429);
  const answers = await Promise.all(running);
  expect(answers.map(({ response }) => response.headers["x-twilio-function-concurrency"])).toEqual([
    "1",
    "2",
  ]);
  expect((await ask("/f")).response.status).toBe(200);
});

test("the environment of the process is what was given, not the host's", async () => {
  options.env = { HTTP_PROXY: "http://127.0.0.1:9" };
  vi.stubEnv("FUNCTIONS_HOST_ONLY", "1");
  onTestFinished(() => void vi.unstubAllEnvs());
  await host.deploy(
    deploymentOf({ "/f": answering("[process.env.HTTP_PROXY, process.env.FUNCTIONS_HOST_ONLY]") }),
  );
  expect(textOf(await ask("/f"))).toBe('["http://127.0.0.1:9",null]');
});

test("a public Asset is served with its type, a private one only to Functions, / by the index", async () => {
  const assets = { "/assets/index.html": "<p>", "/a.css": "p {}", "/secret.json.private": "{}" };
  await host.deploy(deploymentOf({}, { assets }));
  const got = await ask("/a.css", { method: "GET", body: "" });
  expect([got.response.headers["content-type"], textOf(got), got.functionSid]).toEqual([
    "text/css; charset=utf-8",
    "p {}",
    null,
  ]);
  expect(textOf(await ask("/", { method: "GET", body: "" }))).toBe("<p>");
  expect((await ask("/secret.json", { method: "GET", body: "" })).response.status).toBe(403);
});

test("what was deployed lies in a folder that only its owner can read, and is gone after close", async () => {
  await host.deploy(deploymentOf({ "/f": answering("__dirname") }));
  const folder = join(textOf(await ask("/f")), "..");
  expect(folder.startsWith(tmpdir())).toBe(true);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(readdirSync(folder)).toContain("functions");
  await host.close();
  expect(existsSync(folder)).toBe(false);
});
