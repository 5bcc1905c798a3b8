/** What Functions and Assets are called with and how they answer. */
import type { Seen } from "@support-line/local-twilio/proof";
import { fieldOf, listOf, textOf, type Answer } from "../../account.ts";
import type { Probe } from "../../probe.ts";
import { deployed, type Deployed } from "../deployed.ts";
import { assetAsks } from "./assets.ts";
import type { Asks } from "./asks.ts";
import { refusal } from "../rest/index.ts";

const page = "https://www.twilio.com/docs/serverless/functions-assets/functions/invocation";

/** An answer without what differs from machine to machine. */
function said({ status, headers, text }: Answer): Seen {
  return { status, type: headers.get("content-type"), body: text.slice(0, 300) };
}

const echo =
  (pick: (body: Seen) => Seen | undefined, path = "/echo", request = {}): Asks["ask"] =>
  async (functions) =>
    pick((await functions.call(path, request)).body) ?? null;

const answers: readonly (readonly [string, string])[] = [
  ["nothing", "callback()"],
  ["text", "callback(null, a text)"],
  ["number", "callback(null, a number)"],
  ["zero", "callback(null, 0)"],
  ["false", "callback(null, false)"],
  ["object", "callback(null, an object)"],
  ["array", "callback(null, a list)"],
  ["twiml", "callback(null, TwiML)"],
  ["status", "a Response with a status"],
  ["json", "a Response of JSON"],
  ["json-charset", "a Response of JSON that names its charset"],
  ["no-content", "a Response of status 204"],
];

const failures: readonly (readonly [string, string, string])[] = [
  ["body-object", "a Response with an object and no content type", "/answer?kind=body-object"],
  ["error", "callback(an Error)", "/answer?kind=error"],
  ["error-text", "callback(a text as error)", "/answer?kind=error-text"],
  ["error-object", "callback(an object as error)", "/answer?kind=error-object"],
  ["throw", "an error that is thrown", "/answer?kind=throw"],
  ["rejects", "a promise that is rejected", "/rejects"],
  ["no-handler", "a Function without a handler", "/no-handler"],
];

/** The first two keys of a body that is an error, and whether it carries a stack. */
function failure({ status, headers, body, text }: Answer): Seen {
  const keys =
    typeof body === "object" && body !== null && !Array.isArray(body) ? Object.keys(body).sort() : null;
  return { status, type: headers.get("content-type"), keys, saysWhat: text.includes("as asked") };
}

const post = (type: string, body: string) => ({
  method: "POST",
  json: body,
  headers: { "content-type": type },
});

const asks: readonly Asks[] = [
  {
    id: "build.first",
    asks: "the status of a Build when it is made",
    source: "https://www.twilio.com/docs/serverless/api",
    ask: async ({ build }) => build.statuses[0] ?? null,
  },
  {
    id: "build.last",
    asks: "the status of a Build when it is done",
    source: "https://www.twilio.com/docs/serverless/api",
    ask: async ({ build }) => build.statuses.at(-1) ?? null,
  },
  {
    id: "build.create",
    asks: "a Build's create: status, fields",
    source: "OpenAPI serverless v1, Build",
    ask: async ({ build: { first } }) => ({ status: first.status, fields: fieldsOf(first.body) }),
  },
  {
    id: "build.dependencies",
    asks: "the names of a Build's dependencies when it names none",
    source: "https://www.twilio.com/docs/serverless/functions-assets/functions/dependencies",
    ask: async ({ build: { done } }) =>
      listOf(done, "dependencies")
        .map((each) => textOf(each, "name"))
        .sort(),
  },
  {
    id: "build.runtime",
    asks: "the runtime that a Build takes by itself",
    source: "https://www.twilio.com/docs/serverless/functions-assets/functions/request-flow",
    ask: async ({ build: { done } }) => fieldOf(done, "runtime") ?? null,
  },
  {
    id: "deployment.create",
    asks: "a Deployment: status, fields",
    source: "OpenAPI serverless v1, Deployment",
    ask: async ({ deployment }) => ({ status: deployment.status, fields: deployment.body }),
  },
  {
    id: "deployment.again",
    asks: "a Deployment of the Build that already runs",
    source: "https://github.com/twilio-labs/serverless-api/issues/27",
    ask: async ({ service, environment, buildSid }, { account }) =>
      refusal(
        await account.ask(
          "POST",
          `serverless.twilio.com/v1/Services/${service}/Environments/${environment}/Deployments`,
          { form: { BuildSid: buildSid } },
        ),
      ),
  },
  {
    id: "build.delete-running",
    asks: "a delete of the Build that runs",
    source: "https://www.twilio.com/docs/serverless/api",
    ask: async ({ service, buildSid }, { account }) =>
      refusal(await account.ask("DELETE", `serverless.twilio.com/v1/Services/${service}/Builds/${buildSid}`)),
  },
  {
    id: "dependency-unknown",
    asks: "a Build with a dependency that there is not",
    source: "https://github.com/twilio-labs/serverless-toolkit/issues/325",
    ask: async ({ service, build }, { account }) => {
      const versions = listOf(build.done, "function_versions").map((each) => textOf(each, "sid"));
      const form = {
        FunctionVersions: versions.slice(0, 1),
        Dependencies: '[{"name":"no-such-package-of-proof","version":"1.0.0"}]',
      };
      return refusal(
        await account.ask("POST", `serverless.twilio.com/v1/Services/${service}/Builds`, { form }),
      );
    },
  },
  ...[
    "context",
    "path",
    "hasToken",
    "greeting",
    "runtime",
    "functions",
    "assets",
    "twilio",
    "response",
    "node",
  ].map((name) => ({
    id: `context.${name}`,
    asks: `what a Function finds: ${name}`,
    source: "https://www.twilio.com/docs/serverless/functions-assets/functions/invocation",
    ask: echo((body) => fieldOf(body, name)),
  })),
  {
    id: "context.domain",
    asks: "whether context.DOMAIN_NAME is the Environment's",
    source: "https://www.twilio.com/docs/serverless/functions-assets/functions/invocation",
    ask: async (functions) => fieldOf((await functions.call("/echo")).body, "domain") === functions.domain,
  },
  {
    id: "context.environment",
    asks: "whether Variables are in process.env",
    source: "https://www.twilio.com/docs/serverless/functions-assets/functions/variables",
    ask: echo((body) => fieldOf(body, "environment")),
  },
  {
    id: "event.query",
    asks: "parameters of a query",
    source: page,
    ask: echo((body) => fieldOf(body, "parameters"), "/echo?a=1&b=x%20y"),
  },
  {
    id: "event.query-twice",
    asks: "a parameter that a query has twice",
    source: page,
    ask: echo((body) => fieldOf(body, "parameters"), "/echo?a=1&a=2"),
  },
  {
    id: "event.form",
    asks: "a form and a query with the same name",
    source: "https://www.twilio.com/docs/serverless/functions-assets/functions/invocation",
    ask: echo((body) => fieldOf(body, "parameters"), "/echo?a=query&b=query", {
      method: "POST",
      form: { a: "form" },
    }),
  },
  {
    id: "event.json",
    asks: "a JSON object as a body",
    source: page,
    ask: echo(
      (body) => fieldOf(body, "parameters"),
      "/echo",
      post("application/json", '{"a":1,"b":{"c":true}}'),
    ),
  },
  {
    id: "event.json-array",
    asks: "a JSON list as a body",
    source: "https://www.twilio.com/docs/serverless/functions-assets/functions/invocation",
    ask: echo((body) => fieldOf(body, "parameters"), "/echo", post("application/json", '["x","y"]')),
  },
  {
    id: "event.header",
    asks: "a header in event.request.headers",
    source: "https://www.twilio.com/docs/serverless/functions-assets/functions/invocation",
    ask: echo((body) => fieldOf(fieldOf(body, "headers"), "x-proof"), "/echo", {
      headers: { "X-Proof": "yes" },
    }),
  },
  {
    id: "event.header-hidden",
    asks: "headers that a Function does not see",
    source: "https://www.twilio.com/docs/serverless/functions-assets/functions/invocation",
    ask: echo(
      (body) =>
        ["i-twilio-idempotency-token", "referer", "via"].filter(
          (name) => fieldOf(fieldOf(body, "headers"), name) !== undefined,
        ),
      "/echo",
      { headers: { "I-Twilio-Idempotency-Token": "x", Referer: "https://example.com", Via: "x" } },
    ),
  },
  {
    id: "event.cookie",
    asks: "a cookie in event.request.cookies",
    source: page,
    ask: echo((body) => fieldOf(body, "cookies"), "/echo", { headers: { Cookie: "proof=yes; other=1" } }),
  },
  ...answers.map(([kind, what]) => ({
    id: `answer.${kind}`,
    asks: what,
    source: page,
    ask: async (functions: Deployed) => said(await functions.call(`/answer?kind=${kind}`)),
  })),
  {
    id: "answer.async",
    asks: "an async handler that calls back",
    source: page,
    ask: async (functions) => said(await functions.call("/async")),
  },
  ...failures.map(([kind, what, path]) => ({
    id: `fails.${kind}`,
    asks: what,
    source: "https://www.twilio.com/docs/serverless/functions-assets/functions/invocation",
    ask: async (functions: Deployed) => failure(await functions.call(path)),
  })),
  {
    id: "answer.headers",
    asks: "a header that is appended twice",
    source: "https://www.twilio.com/docs/serverless/functions-assets/functions/invocation",
    ask: async (functions) => (await functions.call("/answer?kind=headers")).headers.get("x-proof"),
  },
  {
    id: "answer.cookie",
    asks: "cookies that are set and removed",
    source: "https://www.twilio.com/docs/serverless/functions-assets/functions/invocation",
    ask: async (functions) => (await functions.call("/answer?kind=cookie")).headers.getSetCookie(),
  },
  {
    id: "answer.redirect",
    asks: "a redirect of its own",
    source: page,
    ask: async (functions) => {
      const answer = await functions.call("/answer?kind=redirect");
      return { status: answer.status, location: answer.headers.get("location") };
    },
  },
  {
    id: "warm",
    asks: "whether the second call of a Function finds what the first one left",
    source: "https://www.twilio.com/docs/serverless/functions-assets/functions/invocation",
    ask: async (functions) => {
      const first = await functions.call("/counts");
      const second = await functions.call("/counts");
      return [first.body, second.body];
    },
  },
  {
    id: "private.function",
    asks: "a private Function from outside",
    source: "https://www.twilio.com/docs/serverless/functions-assets/visibility",
    ask: async (functions) => (await functions.call("/helper")).status,
  },
  {
    id: "private.used",
    asks: "a private Function and Asset, used",
    source: "https://www.twilio.com/docs/serverless/functions-assets/visibility",
    ask: async (functions) => (await functions.call("/calls-private")).body,
  },
  {
    id: "client",
    asks: "context.getTwilioClient()",
    source: page,
    ask: async (functions) => (await functions.call("/client")).body,
  },
  {
    id: "module-missing",
    asks: "a module that is not there",
    source: page,
    ask: async (functions) => (await functions.call("/missing")).body,
  },
  {
    id: "protected.unsigned",
    asks: "the body of an unsigned request for a protected Function",
    source: "https://www.twilio.com/docs/serverless/functions-assets/visibility",
    ask: async (functions) => {
      const answer = await functions.call("/protected");
      return { type: answer.headers.get("content-type"), isEmpty: answer.text === "" };
    },
  },
  {
    id: "path.deep",
    asks: "context.PATH of a Function in a folder",
    source: "https://www.twilio.com/docs/serverless/functions-assets/functions/invocation",
    ask: async (functions) => (await functions.call("/folder/deep")).text,
  },
  {
    id: "path.unknown",
    asks: "a path that there is not",
    source: "https://www.twilio.com/docs/serverless/functions-assets/visibility",
    ask: async (functions) => (await functions.call("/nothing")).status,
  },
  ...["PUT", "DELETE", "OPTIONS"].map((method) => ({
    id: `method.${method}`,
    asks: `${method} of a Function`,
    source: "https://www.twilio.com/docs/serverless/functions-assets/functions/request-flow",
    ask: async (functions: Deployed) => (await functions.call("/echo", { method })).status,
  })),
  {
    id: "cors",
    asks: "access-control-allow-origin of a Function",
    source: "https://github.com/twilio-labs/serverless-toolkit/issues/107",
    ask: async (functions) => (await functions.call("/echo")).headers.get("access-control-allow-origin"),
  },
  ...assetAsks,
  {
    id: "limit.time",
    asks: "a Function that takes 12 seconds",
    source: "https://www.twilio.com/docs/serverless/functions-assets/functions/request-flow",
    ask: async (functions) => (await functions.call("/slow?ms=12000")).status,
  },
];

/** Of a Build, names and forms; what it was made of has SIDs alone. */
function fieldsOf(body: Seen): Seen {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  const { asset_versions, function_versions, dependencies, ...others } = body;
  const first = (list: Seen | undefined) => (Array.isArray(list) ? Object.keys(list[0] ?? {}).sort() : null);
  return {
    ...others,
    asset_versions: first(asset_versions),
    function_versions: first(function_versions),
    dependencies: first(dependencies),
  };
}

export const functionsProbe: Probe = {
  name: "functions",
  part: "functions",
  matters: "every Function and Asset of a line",
  questions: asks.map(({ id, asks: what, source }) => ({
    id: `functions.${id}`,
    asks: what,
    source,
    touches: ["function"],
  })),
  async run(asked) {
    const functions = await deployed(asked);
    for (const { id, ask } of asks) asked.saw(`functions.${id}`, await ask(functions, asked));
  },
};
