import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createFunctionsHost } from "./host.ts";
import {
  accountSid,
  authToken,
  deploymentOf,
  domain,
  requestOf,
  textOf,
  withTwilio,
} from "./testing/deployment.ts";

/** What an endpoint that stands in for Twilio heard, and on how many connections. */
const heard: Pick<IncomingMessage, "method" | "url" | "headers">[] = [];
const connections = new Set<Socket>();
let status = 200;
const endpoint = createServer(({ method, url, headers, socket }, response) => {
  heard.push({ method, url, headers });
  connections.add(socket);
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify({ sid: "CH1", code: 20429, message: "Too Many Requests", status }));
});
const host = createFunctionsHost();

const conversation = `client(context).conversations.v1.services("IS1").conversations("CH1").fetch()`;
const asking = (client: string) =>
  `const client = (context) => ${client};
   exports.handler = async (context, event, callback) => callback(null, (await ${conversation}).sid);`;

beforeAll(async () => {
  await new Promise<void>((resolve) => endpoint.listen(0, "127.0.0.1", resolve));
  const { port } = endpoint.address() as AddressInfo;
  const functions = {
    "/f": asking("context.getTwilioClient()"),
    "/retry": asking("context.getTwilioClient({ autoRetry: true, maxRetries: 1 })"),
    "/key": asking("context.getTwilioClient({ region: 'ie1', edge: 'dublin' })"),
  };
  await host.deploy(deploymentOf(functions, { modules: [withTwilio], endpoint: `http://127.0.0.1:${port}` }));
});
beforeEach(() => {
  heard.length = 0;
  connections.clear();
  status = 200;
});
afterAll(async () => {
  await host.close();
  await new Promise((resolve) => endpoint.close(resolve));
});

test("requests for Twilio's hosts go to the endpoint, with credentials, over one connection", async () => {
  expect(textOf(await host.invoke(domain, requestOf("/f")))).toBe("CH1");
  await host.invoke(domain, requestOf("/f"));
  expect(heard.map(({ method, url }) => `${method} ${url}`)).toEqual(
    Array(2).fill("GET /conversations.twilio.com/v1/Services/IS1/Conversations/CH1"),
  );
  expect(heard[0]?.headers.authorization).toBe(
    `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`,
  );
  expect(connections.size).toBe(1);
});

test("options of getTwilioClient are the library's own", async () => {
  await host.invoke(domain, requestOf("/key"));
  expect(heard[0]?.url).toMatch(/^\/conversations\.dublin\.ie1\.twilio\.com\//);
  heard.length = 0;
  status = 429;
  const answer = await host.invoke(domain, requestOf("/retry"));
  expect(heard).toHaveLength(2);
  expect(answer.error?.message).toBe("Too Many Requests");
});
