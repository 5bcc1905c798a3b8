/** What a person reads when a Build fails, through the provider's protocol against the local Twilio. */
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { failure } from "@support-line/provider/testing";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { foreignClient } from "./foreign-client.ts";
import { ServerlessStack } from "./serverless-stack.ts";

let folder: string;
let local: LocalTwilio;
/** npm's registry, which has nothing. */
let registry: Server;
const registryBefore = process.env["npm_config_registry"];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "build-failure-"));
  local = await startLocalTwilio({ folder: join(folder, "twilio"), port: 0 });
  registry = createServer((_, response) => response.writeHead(404).end('{"error":"not found"}'));
  await new Promise<void>((resolve) => registry.listen(0, "127.0.0.1", resolve));
  process.env["npm_config_registry"] = `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;
});
afterAll(async () => {
  if (registryBefore === undefined) delete process.env["npm_config_registry"];
  else process.env["npm_config_registry"] = registryBefore;
  registry.close();
  await local.close();
  await rm(folder, { recursive: true, force: true });
});

const good = 'exports.handler = (context, event, callback) => callback(null, "good");';

/** A stack that runs, and what its next deployment fails with. */
async function failing(name: string, files: Record<string, string>, more = {}) {
  const stack = new ServerlessStack(local, name);
  await stack.up({ "/hello": good });
  const { message } = await failure(stack.up(files, more));
  const service = foreignClient(local).serverless.v1.services(stack.id("service"));
  const { buildSid } = await service.environments(stack.id("environment")).fetch();
  return { stack, message, buildSid, builds: await service.builds.list() };
}

test("a Function that is no JavaScript: its path, its line and what is wrong; what runs goes on", async () => {
  const broken = "exports.handler = (\n  context,, event) => 1;";
  const { stack, message, buildSid, builds } = await failing("syntax", { "/hello": good, "/broken": broken });
  expect(message).toMatch(/Build ZB\w+ failed: \/broken:2: SyntaxError: Unexpected token ','/);
  expect(message).toMatch(
    /The running deployment is not changed\. Fix it and run `.*pulumi up -s \w+` again\./,
  );
  expect(buildSid).toBe(stack.id("build"));
  // The one that failed is of no use to anybody.
  expect(builds.map(({ sid }) => sid)).toEqual([stack.id("build")]);
  await stack.up({ "/hello": good, "/broken": good });
});

test("a package that npm does not have: its name", async () => {
  const { message } = await failing(
    "package",
    { "/hello": good },
    { dependencies: { "no-such-package-anywhere": "1.0.0" } },
  );
  expect(message).toContain("No matching version found for no-such-package-anywhere@1.0.0");
});
