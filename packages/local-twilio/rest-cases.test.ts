/** The same REST calls in this process and over HTTP: one Twilio answers both, word for word. */
import { expect, test } from "vitest";
import { openTwilio, type OpenedTwilio } from "./index.ts";
import { restCases, type RestCase } from "./testing/rest-cases.ts";

interface Answered {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}

const open = () =>
  openTwilio({
    memory: true,
    clock: "manual",
    now: Date.UTC(2026, 0, 30, 12),
    report: () => undefined,
  });

const authorizations = {
  wrong: `Basic ${Buffer.from("AC10ca1000000000000000000000000001:wrong").toString("base64")}`,
  none: "",
};

async function inProcess(twilio: OpenedTwilio, url: string, asked: RestCase): Promise<Answered> {
  const { method, form, json, credentials } = asked;
  const { status, headers, text } = await twilio.request({
    method,
    url,
    body: json ?? form,
    ...(credentials === undefined ? {} : { headers: { authorization: authorizations[credentials] } }),
  });
  const type = headers["content-type"];
  return { status, type: typeof type === "string" ? type : null, text };
}

async function overHttp(twilio: OpenedTwilio, url: string, asked: RestCase): Promise<Answered> {
  const { method, form, json, credentials } = asked;
  const own = `Basic ${Buffer.from(`${twilio.accountSid}:${twilio.authToken}`).toString("base64")}`;
  const response = await fetch(`${await twilio.listen()}/${url}`, {
    method,
    headers: {
      authorization: credentials === undefined ? own : authorizations[credentials],
      ...(json === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(json === undefined
      ? form === undefined
        ? {}
        : { body: new URLSearchParams(form) }
      : { body: json }),
  });
  return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
}

/** All answers, with what is made up anew each time told by its place: SIDs, UUIDs, domains. */
async function played(
  twilio: OpenedTwilio,
  ask: (twilio: OpenedTwilio, url: string, asked: RestCase) => Promise<Answered>,
): Promise<readonly (Answered & { readonly name: string })[]> {
  const saved = new Map<string, string>();
  const seen = new Map<string, string>();
  const named = (text: string) =>
    text.replace(
      /\b(?:([A-Z]{2})[0-9a-f]{32}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|(?<=-)\d{4}(?=[-.\w]*\.twil\.io|"))\b/g,
      (found, prefix: string | undefined) => {
        if (!seen.has(found)) seen.set(found, `${prefix ?? "id"}${seen.size}`);
        return seen.get(found) ?? found;
      },
    );
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => saved.get(name) ?? name);
  const answers = [];
  for (const each of restCases) {
    const form =
      each.form &&
      Object.fromEntries(
        Object.entries(each.form).map(([key, value]) => [key, /^\{\w+\}$/.test(value) ? fill(value) : value]),
      );
    const answer = await ask(twilio, fill(each.url), { ...each, ...(form === undefined ? {} : { form }) });
    await twilio.idle();
    if (each.saves !== undefined) {
      expect([each.name, answer.status], answer.text).toEqual([each.name, 201]);
      saved.set(each.saves, (JSON.parse(answer.text) as { sid: string }).sid);
    }
    answers.push({ ...answer, name: each.name, text: named(answer.text) });
  }
  return answers;
}

test("no REST call is answered otherwise in this process than over HTTP", async () => {
  const [one, other] = [await open(), await open()];
  try {
    const here = await played(one, inProcess);
    const there = await played(other, overHttp);
    expect(here.length).toBeGreaterThan(232);
    expect(here).toEqual(there);
    // Nothing here is a fault of ours, and what is not played is not mistaken for Twilio's own refusal.
    expect(here.filter(({ status }) => status === 500)).toEqual([]);
  } finally {
    await one.close();
    await other.close();
  }
});
