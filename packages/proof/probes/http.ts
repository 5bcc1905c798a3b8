/** What every request of the REST API has in common: credentials, paths, methods, pages, headers, errors. */
import type { Seen } from "@support-line/local-twilio/proof";
import type { Answer } from "../account.ts";
import type { Asked, Probe } from "../probe.ts";
import { refusal } from "./rest/index.ts";

const services = "conversations.twilio.com/v1/Services";
const gone = (prefix: string) => `${prefix}${"0".repeat(32)}`;
const errors = "https://www.twilio.com/docs/api/errors/";

interface Asks {
  readonly id: string;
  readonly asks: string;
  readonly source: string;
  readonly ask: (asked: Asked) => Promise<Seen>;
}

/** The recorded headers of an answer, by their form. */
function headersOf({ headers }: Answer): Seen {
  const form = (name: string, pattern: RegExp, word: string) => {
    const value = headers.get(name);
    return value === null ? "missing" : pattern.test(value) ? word : "another form";
  };
  return {
    "content-type": headers.get("content-type"),
    "twilio-request-id": form("twilio-request-id", /^RQ[0-9a-f]{32}$/, "SID"),
    "twilio-request-duration": form("twilio-request-duration", /^\d+\.\d{1,3}$/, "seconds"),
    "twilio-concurrent-requests": form("twilio-concurrent-requests", /^\d+$/, "count"),
    "access-control-allow-origin": headers.get("access-control-allow-origin"),
    "x-home-region": headers.get("x-home-region"),
    "x-api-domain": headers.get("x-api-domain"),
    "strict-transport-security": headers.get("strict-transport-security") === null ? "missing" : "there",
  };
}

const asks: readonly Asks[] = [
  ...(["none", "wrong"] as const).flatMap((credentials) =>
    [
      ["conversations", services],
      ["studio", "studio.twilio.com/v2/Flows"],
      ["serverless", "serverless.twilio.com/v1/Services"],
      ["api", "api.twilio.com/2010-04-01/Accounts/{account}/Messages.json"],
    ].map(([name = "", url = ""]) => ({
      id: `http.credentials-${credentials}.${name}`,
      asks: `${name} with ${credentials === "none" ? "no" : "wrong"} credentials`,
      source: `${errors}20003`,
      ask: async ({ account }: Asked) =>
        refusal(await account.ask("GET", url.replace("{account}", account.sid), { credentials })),
    })),
  ),
  {
    id: "http.account-of-somebody-else",
    asks: "another account's path",
    source: `${errors}20003`,
    ask: async ({ account }) =>
      refusal(await account.ask("GET", `api.twilio.com/2010-04-01/Accounts/${gone("AC")}/Messages.json`)),
  },
  {
    id: "http.path-unknown",
    asks: "a path that there is not",
    source: `${errors}20404`,
    ask: async ({ account }) => refusal(await account.ask("GET", "conversations.twilio.com/v1/Nothing")),
  },
  {
    id: "http.sid-of-another-kind",
    asks: "a SID of another kind in a path",
    source: `${errors}20404`,
    ask: async ({ account }) => refusal(await account.ask("GET", `${services}/${gone("CH")}`)),
  },
  {
    id: "http.method-unknown",
    asks: "a method that there is not",
    source: `${errors}20004`,
    ask: async ({ account }) => refusal(await account.ask("PUT", services, { form: { FriendlyName: "x" } })),
  },
  ...["0", "-1", "many", "101", "1001"].map((size) => ({
    id: `http.page-size.${size}`,
    asks: `a list of PageSize=${size}`,
    source: `${errors}20007`,
    ask: async ({ account }: Asked) => {
      const answer = await account.ask("GET", `studio.twilio.com/v2/Flows?PageSize=${size}`);
      const meta = (answer.body as { meta?: { page_size?: number } } | null)?.meta;
      return answer.status === 200 ? { status: 200, page_size: meta?.page_size ?? null } : refusal(answer);
    },
  })),
  {
    id: "http.headers",
    asks: "the headers of an answer",
    source: "recorded: answers of the REST API",
    ask: async ({ account }) => headersOf(await account.ask("GET", services)),
  },
  {
    id: "http.headers-refused",
    asks: "the headers of a refusal",
    source: "recorded: answers of the REST API",
    ask: async ({ account }) => headersOf(await account.ask("GET", `${services}/${gone("IS")}`)),
  },
  {
    id: "http.headers-2010",
    asks: "the headers of an answer of the API of 2010",
    source: "recorded: answers of the REST API",
    ask: async ({ account }) =>
      headersOf(
        await account.ask(
          "GET",
          `api.twilio.com/2010-04-01/Accounts/${account.sid}/Messages.json?PageSize=1`,
        ),
      ),
  },
  {
    id: "http.more-info",
    asks: "where an error says more",
    source: "https://www.twilio.com/docs/usage/twilios-response",
    ask: async ({ account }) => {
      const { body } = await account.ask("GET", `${services}/${gone("IS")}`);
      return (body as { more_info?: string } | null)?.more_info ?? null;
    },
  },
  {
    id: "http.unknown-parameter",
    asks: "a parameter that nobody knows",
    source: "OpenAPI conversations v1, Service",
    ask: async ({ account, prefix }) => {
      const answer = await account.make(services, {
        form: { FriendlyName: `${prefix}-unknown`, Nonsense: "1" },
      });
      return answer.status < 300 ? { status: answer.status } : refusal(answer);
    },
  },
  {
    id: "http.json-body",
    asks: "JSON where a form is wanted",
    source: "https://www.twilio.com/docs/usage/requests-to-twilio",
    ask: async ({ account, prefix }) => {
      const answer = await account.make(services, {
        json: JSON.stringify({ FriendlyName: `${prefix}-json` }),
      });
      return answer.status < 300 ? { status: answer.status } : refusal(answer);
    },
  },
  {
    id: "http.dates.v1",
    asks: "how v1 writes dates",
    source: "https://www.twilio.com/docs/usage/twilios-response",
    ask: async ({ account, prefix }) => {
      const { body } = await account.make(services, { form: { FriendlyName: `${prefix}-dates` } });
      return (body as { date_created?: string } | null)?.date_created ?? null;
    },
  },
  {
    id: "http.dates.2010",
    asks: "how the API of 2010 writes dates",
    source: "https://www.twilio.com/docs/usage/twilios-response",
    ask: async ({ account }) => {
      const { body } = await account.ask("GET", `api.twilio.com/2010-04-01/Accounts/${account.sid}.json`);
      return (body as { date_created?: string } | null)?.date_created ?? null;
    },
  },
];

export const httpProbe: Probe = {
  name: "http",
  part: "rest",
  matters: "how every command, Function and deployment reads refusals and lists",
  questions: asks.map(({ id, asks: what, source }) => ({ id, asks: what, source })),
  async run(asked) {
    for (const { id, ask } of asks) asked.saw(id, await ask(asked));
  },
};
