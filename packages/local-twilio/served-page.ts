/** `docs/reference/not-played.md`, written from what the server answers by (`served.ts`). */
import { allResources, type Resource } from "@support-line/twilio-api";
import { keptInputs, type KeptInputs } from "./kept-inputs.ts";
import { hosts, parameters, servingOf, type Serving } from "./served.ts";

/**
 * The page.
 *
 * @param hasBehaviour whether a product here does something for a resource, by its token
 */
export function servedPage(hasBehaviour: (token: string) => boolean): string {
  const byServing = (serving: Serving): Resource[] =>
    allResources().filter((each) => servingOf(each, hasBehaviour(each.token)) === serving);
  const refused = parameters.filter(({ isKept }) => isKept !== true);
  const kept = parameters.filter(({ isKept }) => isKept === true);
  return `# What the local Twilio does not play

A request for something that is not played is answered with status 501 and a body of its own kind, and counts as a problem in
\`GET /_local/v1/status\`; a conversation test in this process fails with it. It is never a success and never Twilio's own 404.

    {"code": 100501, "message": "…", "more_info": "https://www.twilio.com/docs/…", "status": 501, "not_played": "host"}

\`not_played\` is \`host\`, \`path\` (neither Twilio's OpenAPI documents nor the local Twilio have it), \`resource\`, \`parameter\`
or \`value\` (nobody here knows it: seed it). This page is written from \`packages/local-twilio/served.ts\`, which the server
reads; a test holds both against what the server answers.

## Hosts

Every host of Twilio's that is no product's is refused, these with what they are:

${hosts.map(({ name, what }) => `- \`${name}\`: ${what}`).join("\n")}

## Parameters

${refused.map(line).join("\n")}

Taken and shown, without effect:

${kept.map(line).join("\n")}

Of resources that are played, these inputs are kept and shown, and nothing here reads them; nor does anything read the names and
notes that are for people:

${keptInputs.map(keptLine).join("\n")}

## Resources

Each of these answers 501: it is something that happens, or is only read, and nothing here makes it happen.

${byProduct(byServing("not played"))}

## Kept without effect

These are created, shown, changed and deleted as Twilio has it, so that a stack deploys. Nothing else here reads them.

${byProduct(byServing("kept"))}
`;
}

function line({ tokens, operations, parameters: names, what }: (typeof parameters)[number]): string {
  const [token = ""] = tokens.filter((each) => !/:Service[A-Z]/.test(each));
  return `- ${operations.join(", ")} of \`${token}\`: ${what} (${names.map((name) => `\`${name}\``).join(", ")})`;
}

function keptLine({ tokens, inputs, what }: KeptInputs): string {
  const names = (list: readonly string[]) => list.map((name) => `\`${name}\``).join(", ");
  return `- ${names(tokens)}: ${what} (${names(inputs)})`;
}

function byProduct(resources: readonly Resource[]): string {
  const products = [...new Set(resources.map(({ product }) => product))];
  return products
    .map((product) => {
      const names = resources.filter((each) => each.product === product).map(({ name }) => `\`${name}\``);
      return `- **${product}**: ${names.join(", ")}`;
    })
    .join("\n");
}
