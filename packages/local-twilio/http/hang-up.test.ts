/** A client that hangs up, at any moment, is no problem of the server's. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openTwilio, type OpenedTwilio } from "../index.ts";

let twilio: OpenedTwilio;
let port: number;
const problems: unknown[] = [];
beforeEach(async () => {
  problems.length = 0;
  twilio = await openTwilio({ memory: true, report: (error) => void problems.push(error) });
  port = Number(new URL(await twilio.listen()).port);
});
afterEach(() => twilio.close());

const authorization = () =>
  `Authorization: Basic ${Buffer.from(`${twilio.accountSid}:${twilio.authToken}`).toString("base64")}`;

async function connected(): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  await once(socket, "connect");
  return socket;
}

/** Says something, and hangs up at once: with a reset, so that the server notices in the middle of what it does. */
async function hangUpAfter(said: string): Promise<void> {
  const socket = await connected();
  await new Promise<void>((resolve) => socket.write(said, () => resolve()));
  socket.resetAndDestroy();
}

/** Says something, and hangs up when the first bytes of an answer are there. */
async function hangUpAtAnswer(said: string): Promise<void> {
  const socket = await connected();
  socket.write(said);
  await once(socket, "data");
  socket.resetAndDestroy();
}

/** It answers, and nothing was reported. */
async function isWell(): Promise<void> {
  const answer = await twilio.request({ method: "GET", url: "conversations.twilio.com/v1/Conversations" });
  const overHttp = await fetch(`http://127.0.0.1:${port}/_local/v1/status`);
  expect([answer.status, overHttp.status, problems]).toEqual([200, 200, []]);
}

const post = (path: string, length: number, ...more: string[]) =>
  [
    `POST ${path} HTTP/1.1`,
    "Host: localhost",
    authorization(),
    `Content-Length: ${length}`,
    ...more,
    "",
    "",
  ].join("\r\n");
const get = (path: string) =>
  [`GET ${path} HTTP/1.1`, "Host: localhost", authorization(), "", ""].join("\r\n");

test.each<[string, () => string]>([
  ["before its request is said", () => "POST /conversations.twilio.com/v1/Conv"],
  [
    "in the middle of a form",
    () => `${post("/conversations.twilio.com/v1/Conversations", 1_000_000)}FriendlyName=a`,
  ],
  [
    "in the middle of a chunk",
    () =>
      `${["POST /conversations.twilio.com/v1/Conversations HTTP/1.1", "Host: localhost", authorization(), "Transfer-Encoding: chunked", "", ""].join("\r\n")}ffff\r\nabc`,
  ],
  ["in the middle of a body of control", () => `${post("/_local/v1/seed", 1_000_000)}{"numbers":[`],
  ["after a request, before its answer", () => get("/conversations.twilio.com/v1/Conversations")],
  [
    "in the middle of a tunnel",
    () => "CONNECT api.twilio.com:443 HTTP/1.1\r\nHost: api.twilio.com:443\r\n\r\n\u0016\u0003",
  ],
])("a client hangs up %s", async (_, said) => {
  for (let time = 0; time < 20; time++) await hangUpAfter(said());
  await isWell();
});

test("a client hangs up in the middle of an answer", async () => {
  // More than sockets hold: a list of countries, several times over in one go.
  const list = get(`/api.twilio.com/2010-04-01/Accounts/${twilio.accountSid}/AvailablePhoneNumbers.json`);
  for (let time = 0; time < 5; time++) await hangUpAtAnswer(list.repeat(20));
  await isWell();
});

test("a client hangs up in the middle of the event stream, and nobody listens for it any more", async () => {
  for (let time = 0; time < 20; time++) await hangUpAtAnswer(get("/_local/v1/events"));
  twilio.twilio.events.append("deployment.reset", twilio.accountSid, null, {});
  await isWell();
});
