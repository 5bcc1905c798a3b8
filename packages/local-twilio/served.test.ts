/** The list of what is not played, held against what the server answers and what the docs say. */
import { allResources, resource } from "@support-line/twilio-api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTwilio, type OpenedTwilio } from "./index.ts";
import { products } from "./products.ts";
import { hosts, parameters, servingOf } from "./served.ts";
import { servedPage } from "./served-page.ts";

const behaviours = new Map<string, object>(
  Object.values(products).flatMap((product) => Object.entries(product.behaviours)),
);
const hasBehaviour = (token: string) => Object.keys(behaviours.get(token) ?? {}).length > 0;

let twilio: OpenedTwilio;
let problems = 0;
beforeAll(async () => {
  twilio = await openTwilio({ memory: true, clock: "manual", report: () => (problems += 1) });
});
afterAll(() => twilio.close());

const filled = (path: string) =>
  path.replace("{AccountSid}", twilio.accountSid).replace(/\{\w+\}/g, `XX${"f".repeat(32)}`);

async function answered(method: string, url: string, body?: Record<string, string>) {
  const before = problems;
  const { status, text } = await twilio.request({ method, url, body });
  const { not_played: kind } = JSON.parse(text || "{}") as { not_played?: string };
  return { status, kind, problems: problems - before };
}

test("every operation of every resource is served as the list says", async () => {
  const wrong: string[] = [];
  let counted = 0;
  for (const each of allResources()) {
    const serving = servingOf(each, hasBehaviour(each.token));
    for (const [name, operation] of Object.entries(each.operations)) {
      const url = `${operation.host ?? each.host}${filled(operation.path)}`;
      const { status, kind, problems: said } = await answered(operation.method, url);
      const isRefused = status === 501 && kind === "resource" && said === 1;
      if (isRefused !== (serving === "not played")) {
        wrong.push(`${each.token} ${name}: ${status}, ${serving}`);
      }
      counted += 1;
    }
  }
  expect(wrong).toEqual([]);
  expect(counted).toBeGreaterThan(1000);
});

test("every parameter in the list is one that Twilio documents, and is refused where the list says so", async () => {
  for (const row of parameters) {
    for (const token of row.tokens) {
      for (const name of row.operations) {
        const operation = resource(token)?.operations[name];
        if (operation === undefined) throw new Error(`${token} has no ${name}`);
        const known = operation.form.map((each) => each.name);
        for (const parameter of row.parameters) {
          if (!known.includes(parameter)) throw new Error(`${token} ${name} has no ${parameter}`);
          const url = `${resource(token)?.host ?? ""}${filled(operation.path)}`;
          const { status } = await answered(operation.method, url, { [parameter]: "x" });
          expect([token, parameter, status === 501]).toEqual([token, parameter, row.isKept !== true]);
        }
      }
    }
  }
});

test("hosts that are not played say so, each in its words", async () => {
  for (const { host, name } of hosts) {
    const asked = name.replace("<region>", "us1");
    expect(asked.replace(/\.us1\./, ".")).toMatch(host);
    expect(await answered("GET", `${asked}/v1/Things`)).toEqual({ status: 501, kind: "host", problems: 1 });
  }
});

test("the page says what the server does", async () => {
  await expect(servedPage(hasBehaviour)).toMatchFileSnapshot("../../docs/reference/not-played.md");
});
