/** `docs/reference/limits.md`, written from the tables of limits of the local Twilio, of Functions and of Flows. */
import { limits as functions } from "@support-line/functions-runtime";
import { limits as studio } from "@support-line/studio";
import { limits } from "./limits.ts";

/** Stands for the page where Twilio is said to have a limit and no page that we found names the number. */
const noPage = "no page found";

/** What a limit is, in which unit, and the page where Twilio names it, or `noPage`; without either the limit is ours. */
type Row = readonly [what: string, unit: Unit, twilio?: string];
type Unit = "" | "bytes" | "characters" | "s" | "ms" | "MB" | "days" | "date";

const docs = (path: string) => `https://www.twilio.com/docs/${path}`;
const conversations = docs("conversations-classic/conversations-limits");
const flow = docs("studio/rest-api/v2/schemas");
const studioFaq = docs("studio/user-guide/studio-faq");
const requestFlow = docs("serverless/functions-assets/functions/request-flow");
const headers = docs("serverless/functions-assets/functions/headers-and-cookies/limitations");
const variables = docs("serverless/api/resource/variable");

/** By the path of each limit in its table. */
const ofLocalTwilio: Readonly<Record<string, Row>> = {
  "request.body": ["body of a request", "bytes"],
  "request.depth": ["depth of JSON in a request, as lists and objects inside one another", ""],
  "answer.bytes": ["answer of a webhook or an HTTP widget, unpacked", "bytes", docs("api/errors/11750")],
  "answer.redirects": ["redirects in a row", ""],
  "date.latest": ["latest moment that the clock or a date can have", "date"],
  "message.characters": ["body of a message to a phone", "characters", docs("api/errors/21617")],
  "message.media": ["media in a message", "", docs("messaging/api/message-resource")],
  "conversation.participants": ["participants in a Conversation", "", conversations],
  "conversation.nonChat": ["participants in a Conversation who are on a phone", "", conversations],
  "conversation.withParticipants": [
    "participants in the request that creates a Conversation with its participants",
    "",
    docs("conversations-classic/api/conversation-with-participants-resource"),
  ],
  "conversation.name": ["FriendlyName of a Conversation", "characters", conversations],
  "conversation.identity": ["identity of a participant or user", "characters", conversations],
  "conversation.body": ["body of a message in a Conversation", "bytes", conversations],
  "conversation.ownAttributes": ["attributes of a Conversation", "bytes", conversations],
  "conversation.attributes": ["attributes of a message, participant or user", "bytes", conversations],
  "conversation.webhooks": ["webhooks of a Conversation", "", docs("api/errors/50361")],
  "conversation.triggers": ["trigger words of a Conversation's webhook", "", docs("api/errors/50362")],
  "conversation.webhookUrl": ["URL of a Conversation's webhook", "characters", docs("api/errors/50372")],
  "conversation.timerDays": ["longest timer of a Conversation", "days"],
  "sync.ttl": ["longest `Ttl` of a Sync Document", "s", docs("api/errors/54011")],
  "task.timeout": ["longest `Timeout` of a Task", "s", docs("taskrouter/api/task")],
  "task.attributes": ["attributes of a Task or Worker", "characters", noPage],
  "expression.depth": ["depth of brackets and NOT in a TaskRouter expression", ""],
  "expression.characters": ["TaskRouter expression", "characters"],
  "verify.checks": ["checks of a Verification", "", docs("api/errors/60202")],
  "verify.sends": ["times that a Verification's code is sent", "", docs("api/errors/60203")],
  "execution.addresses": ["To and From of an Execution together", "bytes", docs("api/errors/81023")],
  services: ["Serverless Services in an account", "", noPage],
  "variable.key": ["key of a Variable", "characters", variables],
  "variable.value": ["value of a Variable", "bytes", variables],
  "upload.asset": ["Asset", "bytes", docs("serverless/functions-assets/assets")],
  "upload.privateAsset": ["private Asset", "bytes", docs("serverless/functions-assets/assets")],
  "upload.function": ["file of a Function", "bytes"],
  "log.events": ["events that the database keeps, of all accounts together; older ones go", ""],
  "log.calls": ["requests that the request log keeps", ""],
  "log.path": ["path of a request in that log", "characters"],
  "log.form": ["form of a request in that log", "characters"],
  "log.value": ["field of a form in that log", "characters"],
};

const ofFunctions: Readonly<Record<string, Row>> = {
  request: ["request to a Function", "bytes", requestFlow],
  response: ["response of a Function", "bytes", requestFlow],
  headerBytes: ["headers of a request or response", "bytes", headers],
  headerCount: ["number of headers of a request or response", "", headers],
  context: ["account, domain, path and Variables as JSON", "bytes", docs("api/errors/82006")],
  concurrent: ["runs of a Service at the same time", "", requestFlow],
  runMs: ["run of a Function", "ms", requestFlow],
  "console.lines": ["console lines that are kept of a run", ""],
  "console.characters": ["length of such a line", "characters"],
  "process.heapMb": ["JavaScript objects of one process of Functions", "MB"],
  "process.memory": ["memory of one process of Functions", "bytes"],
  "process.beginMs": ["time that a busy process has to begin a run before a new process gets it", "ms"],
  "build.installMs": ["time that npm has to install a Build's dependencies", "ms"],
  "build.checkMs": ["time that npm has to look up one dependency", "ms"],
  "build.modules": ["installed modules kept for Builds that are not deployed", "bytes"],
};

const ofStudio: Readonly<Record<string, Row>> = {
  "flow.states": ["widgets in a Flow", "", flow],
  "flow.subflowWidgets": ["Run Subflow widgets in a Flow", "", docs("studio/subflows")],
  "flow.subflows": ["different subflows of a Flow", "", docs("studio/subflows")],
  "execution.steps": ["steps of an Execution", "", studioFaq],
  "execution.repeats": ["runs of one widget in a row", "", studioFaq],
  "execution.context": ["variables and widgets of an Execution as JSON", "characters"],
  "execution.turn": ["sum of the contexts after each step between two waits", "characters"],
  "answer.bytes": ["answer of a Function or web server", "bytes", docs("studio/widget-library/run-function")],
  "answer.seconds": ["wait for that answer", "s", docs("studio/widget-library/run-function")],
  "redirect.seconds": ["wait of Add TwiML Redirect", "s", docs("studio/widget-library/twiml-redirect")],
  "json.depth": ["depth of a value, as lists and objects inside one another", ""],
  "liquid.rounds": ["rounds of a loop in a template", "", studioFaq],
  "liquid.parts": ["parts that a template renders", ""],
  "liquid.template": ["Liquid template", "characters"],
  "liquid.made": ["text that a template makes while it renders", "characters"],
  "regex.pattern": ["pattern of Split Based On", "characters"],
  "regex.work": ["instructions of a compiled pattern times characters of its text", ""],
  "regex.beyond.pattern": ["pattern that RE2 cannot run", "characters"],
  "regex.beyond.text": ["text that such a pattern is tried on", "characters"],
};

const units: Readonly<Record<Unit, (value: number) => string>> = {
  "": (value) => value.toLocaleString("en"),
  bytes: inBytes,
  characters: (value) => `${value.toLocaleString("en")} characters`,
  s: (value) => `${value.toLocaleString("en")} s`,
  ms: (value) => (value >= 1_000 ? `${value / 1_000} s` : `${value} ms`),
  MB: (value) => `${value} MB`,
  days: (value) => `${value.toLocaleString("en")} days`,
  date: (value) => new Date(value).toISOString().slice(0, 19) + "Z",
};

function inBytes(value: number): string {
  const sizes = [
    ["GB", 1024 ** 3],
    ["MB", 1024 ** 2],
    ["kB", 1024],
    ["MB", 1e6],
  ] as const;
  const [name, size] = sizes.find(([, each]) => value >= each && value % each === 0) ?? ["bytes", 1];
  return `${(value / size).toLocaleString("en")} ${name}`;
}

/**
 * The rows of a table of limits.
 *
 * @throws Error for a limit that has no row, and for a row that has no limit: the page would say less, or more, than holds
 */
function rowsOf(table: object, rows: Readonly<Record<string, Row>>): string {
  const values = new Map(leaves(table));
  const missing = [...values.keys()].filter((path) => rows[path] === undefined);
  const stray = Object.keys(rows).filter((path) => !values.has(path));
  if (missing.length + stray.length > 0) {
    throw new Error(`limits without a row: ${missing.join(", ")}; rows without a limit: ${stray.join(", ")}`);
  }
  const lines = Object.entries(rows).map(([path, [what, unit, twilio]]) => {
    return `- ${what}: ${units[unit](values.get(path) ?? NaN)}, ${whose(twilio)}`;
  });
  return lines.join("\n");
}

function whose(twilio: string | undefined): string {
  if (twilio === undefined) return "ours";
  return twilio === noPage ? "Twilio's, page not found" : `[Twilio's](${twilio})`;
}

function leaves(value: object, above = ""): [string, number][] {
  return Object.entries(value).flatMap(([name, below]: [string, unknown]): [string, number][] => {
    const path = `${above}${name}`;
    if (typeof below === "number") return [[path, below]];
    return leaves(below as object, `${path}.`);
  });
}

/** The page. */
export function limitsPage(): string {
  return `# Limits

Whatever is over a limit is refused, or cut off, with an error or a warning that names the limit. What was there before goes on.

- **Twilio's**: Twilio has this limit, and the link leads to the page that names it.
- **Twilio's, page not found**: Twilio is said to have this limit, but we found no page of Twilio's that names the number.
- **ours**: Twilio names none. Without one a single request could fill a memory or a disk, or stop a clock.

Twilio's pages do not agree on the widgets of a Flow. The schema says 1,000 in one Flow, the
[Studio FAQ](https://www.twilio.com/docs/studio/user-guide/studio-faq) says 2,000 together with its subflows. The smaller one holds here.

This page is made from the tables that the code reads: \`packages/local-twilio/limits.ts\`, \`packages/functions-runtime/limits.ts\` and
\`packages/studio/limits.ts\`.

## The local Twilio

${rowsOf(limits, ofLocalTwilio)}

## Functions and Builds

${rowsOf(functions, ofFunctions)}

## Flows

${rowsOf(studio, ofStudio)}
`;
}
