import type { Rule } from "../rule.ts";
import { textsOf, type Node } from "../graph.ts";
import { isObject } from "../../json.ts";
import type { JsonValue } from "../../types.ts";

/** What gives a secret away by its form. */
const forms: readonly (readonly [RegExp, string])[] = [
  [/\b(?:sk|rk)_(?:live|test)_[0-9a-zA-Z]{16,}/, "a Stripe key"],
  [/\bAKIA[0-9A-Z]{16}\b/, "an AWS access key"],
  [/\bAIza[0-9A-Za-z_-]{35}\b/, "a Google API key"],
  [/\bxox[abprs]-[0-9A-Za-z-]{10,}/, "a Slack token"],
  [/\bgh[pousr]_[0-9A-Za-z]{30,}/, "a GitHub token"],
  [/\bSG\.[\w-]{16,}\.[\w-]{16,}/, "a SendGrid key"],
  [/\bsk-[A-Za-z0-9_-]{20,}/, "an API key"],
  [/\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/, "a signed token"],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, "a private key"],
  [/\b(?:Bearer|Basic)\s+[A-Za-z0-9+/._~-]{16,}=*/, "a credential"],
  [/\bhttps?:\/\/[^\s/:@{}]+:[^\s/@{}]+@/, "a password in an address"],
  [/(?<![0-9a-zA-Z])[0-9a-f]{32}(?![0-9a-zA-Z])/, "what looks like an auth token"],
];
const secretName =
  /(?:pass(?:word|wd|phrase)|secret|(?:api|access|auth|private)[-_]?(?:key|token)|(?:^|[-_])(?:token|key)$|authorization)/i;
const inAddress = /[?&]([\w.-]+)=([^&#\s{}]+)/g;
/** Whether it is worth hiding: long enough, of letters and digits, and nobody's placeholder. */
const isSecret = (value: string) =>
  /^[\w+/=.~:-]{12,}$/.test(value) &&
  /\d/.test(value) &&
  /[a-z]/i.test(value) &&
  !/^(?:[A-Z]{2}[0-9a-f]{32}|[A-Z]{2}[xX]{32})$/.test(value) &&
  !/your|example|placeholder|change|x{4,}|0{8,}/i.test(value);

export const secretInFlow: Rule = {
  code: "secret-in-flow",
  finds: "a password, key or token written into the Flow",
  because: "everybody who may read the Flow, its exports or its log can read it too",
  severity: "error",
  *look({ flow }) {
    for (const node of flow.nodes) {
      for (const [path, what] of secretsOf(node)) {
        yield {
          widget: node.name,
          property_path: path,
          // What was found is not repeated: this is written into logs.
          message: `"${node.name}" has ${what} written into it`,
          wayOut: "remove it and replace the secret; let a Function read it from a Variable",
        };
      }
    }
  },
};

/** By place, what stands there. */
function secretsOf(node: Node): Map<string, string> {
  const found = new Map<string, string>();
  for (const { path, value } of textsOf(node)) {
    const form = forms.find(([pattern]) => secretIn(pattern, value));
    if (form !== undefined) found.set(path, form[1]);
    for (const [, name = "", given = ""] of value.matchAll(inAddress)) {
      if (secretName.test(name) && isSecret(given)) found.set(path, `a secret (${name}=…)`);
    }
  }
  for (const { key, value, path } of entriesOf(node)) {
    if (secretName.test(key) && isSecret(value)) found.set(path, `a secret ("${key}")`);
  }
  return found;
}

function secretIn(pattern: RegExp, value: string): boolean {
  const text = pattern.exec(value)?.[0];
  return text !== undefined && !/0{16,}|x{8,}|your|example/i.test(text);
}

/** What widgets hold as pairs: parameters and variables. */
function entriesOf({ properties, path }: Node): { key: string; value: string; path: string }[] {
  return Object.entries(properties).flatMap(([property, list]) =>
    !Array.isArray(list)
      ? []
      : (list as readonly JsonValue[]).flatMap((item, at) => {
          if (!isObject(item) || typeof item["key"] !== "string" || typeof item["value"] !== "string") {
            return [];
          }
          return [
            { key: item["key"], value: item["value"], path: `${path}/properties/${property}/${at}/value` },
          ];
        }),
  );
}
