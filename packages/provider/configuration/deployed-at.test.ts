import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { accountSid, Engine } from "../testing/engine.ts";
import type { ValueMap } from "../values/value.ts";

/** What listens at an endpoint and says which local Twilio it is. */
async function local(identity: string): Promise<{ endpoint: string } & AsyncDisposable> {
  const server = createServer((_, response) => response.end(JSON.stringify({ identity })));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What a stack records that was deployed with a configuration. */
async function recorded(config: ValueMap, environment: Readonly<Record<string, string>> = {}) {
  await using engine = await Engine.start(environment);
  return (await engine.checkConfig({ accountSid, ...config })).inputs;
}

/** What is said of the next configuration of a stack. */
async function next(olds: ValueMap, config: ValueMap, environment: Readonly<Record<string, string>> = {}) {
  await using engine = await Engine.start(environment);
  const { inputs, failures } = await engine.checkConfig({ accountSid, ...config }, olds);
  return { inputs, failures, faults: failures.map(({ property, reason }) => `${property}: ${reason}`) };
}

describe("going elsewhere is refused by name", () => {
  test.each<[string, ValueMap, ValueMap, RegExp]>([
    ["another region", {}, { region: "ie1" }, /^region: .*deployed to region us1.*would be region ie1/],
    ["back from a region", { region: "ie1" }, {}, /^region: .*deployed to region ie1.*would be region us1/],
    ["another edge", { edge: "dublin" }, { edge: "sydney" }, /^edge: .*edge dublin.*edge sydney/],
    ["Twilio itself", { endpoint: "http://127.0.0.1:9" }, {}, /^endpoint: .*127\.0\.0\.1:9.*Twilio itself/],
    ["an endpoint", {}, { endpoint: "http://127.0.0.1:9" }, /^endpoint: .*Twilio itself.*127\.0\.0\.1:9/],
  ])("%s", async (_, before, now, words) => {
    const olds = await recorded(before);
    const { faults } = await next(olds, now);
    expect(faults).toEqual([expect.stringMatching(words)]);
    expect((await next(olds, now, { PULUMI_TWILIO_ALLOW_MOVE: "true" })).faults).toEqual([]);
    expect((await next(olds, before)).faults).toEqual([]);
  });

  test("a region of the environment counts as one of the configuration", async () => {
    const olds = await recorded({}, { TWILIO_REGION: "ie1" });
    expect((await next(olds, { region: "ie1" })).faults).toEqual([]);
    expect((await next(olds, {})).faults).toEqual([expect.stringContaining("deployed to region ie1")]);
  });

  test("a state that says nothing of its region was deployed where the environment says", async () => {
    const olds = { accountSid };
    expect((await next(olds, {}, { TWILIO_REGION: "ie1" })).faults).toEqual([]);
    expect((await next(olds, {})).faults).toEqual([]);
    expect((await next(olds, { region: "ie1" })).faults).toEqual([expect.stringContaining("region us1")]);
  });

  test("another account is another world, wherever it is", async () => {
    const olds = { ...(await recorded({})), accountSid: `AC${"2".repeat(32)}` };
    expect((await next(olds, { region: "ie1" })).faults).toEqual([]);
  });
});

describe("a local Twilio", () => {
  test("that was reset gets what is not worth keeping anew, and nothing else", async () => {
    await using before = await local("first");
    const olds = await recorded({ endpoint: before.endpoint, deletable: ["*"] });
    await using after = await local("second");
    const reset = { ...olds, deployedAt: { endpoint: after.endpoint, identity: "first" } };
    const { inputs, faults } = await next(reset, { endpoint: after.endpoint, deletable: ["*"] });
    expect(faults).toEqual([]);
    await using engine = await Engine.start();
    expect((await engine.diffConfig(reset, inputs)).replaces).toEqual(["deployedAt"]);
    const kept = await next(reset, { endpoint: after.endpoint });
    expect(kept.faults).toEqual([expect.stringContaining("it was reset, or another was started")]);
  });

  test("that is another, beside the one that was deployed to, is refused", async () => {
    await using before = await local("first");
    await using other = await local("second");
    const olds = await recorded({ endpoint: before.endpoint, deletable: ["*"] });
    const { faults } = await next(olds, { endpoint: other.endpoint, deletable: ["*"] });
    expect(faults).toEqual([expect.stringContaining(`deployed to ${before.endpoint}`)]);
  });

  test("at another port is the same, and one that does not answer stays the one that it was", async () => {
    const first = await local("first");
    const olds = await recorded({ endpoint: first.endpoint });
    await first[Symbol.asyncDispose]();
    expect((await next(olds, { endpoint: first.endpoint })).inputs["deployedAt"]).toEqual(olds["deployedAt"]);
    await using moved = await local("first");
    const { inputs, faults } = await next(olds, { endpoint: moved.endpoint });
    expect(faults).toEqual([]);
    await using engine = await Engine.start();
    expect((await engine.diffConfig(olds, inputs)).replaces).toEqual([]);
  });
});
