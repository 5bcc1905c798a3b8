/** Every operation of every resource, asked over HTTP with a request made from its row: what is answered is documented. */
import { allResources, type OperationName, type Resource } from "@support-line/twilio-api";
import { responseFaults } from "@support-line/twilio-api/testing/response-schema.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { errors } from "./errors.ts";
import { openTwilio, type OpenedTwilio } from "./index.ts";
import { NotPlayed, notPlayedCode } from "./http/not-played.ts";
import { Samples } from "./testing/samples.ts";

type Answer = Readonly<Record<string, unknown>>;

let local: OpenedTwilio;
let endpoint: string;
let samples: Samples;
const problems: unknown[] = [];
beforeAll(async () => {
  local = await openTwilio({ memory: true, report: (error) => void problems.push(error) });
  endpoint = await local.listen();
  samples = new Samples(local.accountSid);
});
afterAll(() => local.close());

const resources = (): Resource[] =>
  allResources().sort((one, other) => samples.depth(one) - samples.depth(other));
const documented: ReadonlySet<unknown> = new Set([...Object.keys(errors).map(Number), notPlayedCode]);

/** Asks for an operation; answers the status, and what no document allows of the answer. */
async function ask(resource: Resource, operation: OperationName, all: boolean) {
  const request = samples.request(resource, operation, all);
  if (request === undefined) return undefined;
  const { method, url, body } = request;
  const authorization = `Basic ${Buffer.from(`${local.accountSid}:${local.authToken}`).toString("base64")}`;
  const json = typeof body === "string" ? { "content-type": "application/json" } : undefined;
  const response = await fetch(`${endpoint}/${url}`, {
    method,
    headers: { authorization, ...json },
    redirect: "manual",
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") === true;
  if (isJson && text === "") {
    faults.push(`${operation} of ${resource.token}: ${response.status} is JSON without any`);
  }
  const answer = (isJson && text !== "" ? JSON.parse(text) : {}) as Answer;
  const { status } = response;
  samples.learn(request, status, answer);
  const fault = faultOf(resource, operation, status, answer);
  return { status, code: answer["code"], message: answer["message"], fault };
}

function faultOf(
  { token }: Resource,
  operation: OperationName,
  status: number,
  answer: Answer,
): string | undefined {
  if (status === 500) return "500";
  if (status >= 400) return documented.has(answer["code"]) ? undefined : `code ${String(answer["code"])}`;
  if (status >= 300 || operation === "delete") return undefined;
  return responseFaults(token, operation, answer, status)[0];
}

/** How the creates went, by token. */
const made = new Map<string, string>();
const faults: string[] = [];

/** Asks for some operations of a resource, with what is required and, where there is more, with everything. */
async function askAll(resource: Resource, operations: readonly OperationName[]): Promise<void> {
  for (const operation of operations) {
    const { form = [], query = [] } = resource.operations[operation] ?? {};
    const hasMore = [...form, ...query].some(({ required }) => !required);
    for (const all of hasMore ? [false, true] : [false]) {
      const answer = await ask(resource, operation, all);
      if (answer === undefined) continue;
      const { fault, status, message } = answer;
      if (fault !== undefined) faults.push(`${operation} of ${resource.token}: ${fault}`);
      const isSettled = made.get(resource.token) === "made" || status === 409 || status === 501;
      if (operation !== "create" || isSettled) continue;
      made.set(resource.token, status < 300 ? "made" : `${status} ${String(message)}`);
    }
  }
}

test(
  "every operation answers what is documented, and every create makes something",
  { timeout: 300_000 },
  async () => {
    for (const resource of resources()) await askAll(resource, ["create", "list"]);
    // What names something that comes later in the list is made once that is there.
    for (const resource of resources()) {
      if (made.get(resource.token) !== "made") await askAll(resource, ["create"]);
      await askAll(resource, ["list", "fetch", "update"]);
    }
    for (const resource of resources().reverse()) await askAll(resource, ["delete", "fetch", "delete"]);
    expect([...new Set(faults)]).toEqual([]);
    expect([...made].filter(([, how]) => how !== "made")).toEqual([]);
    expect(made.size).toBeGreaterThan(150);
    expect(problems.filter((problem) => !(problem instanceof NotPlayed))).toEqual([]);
  },
);
