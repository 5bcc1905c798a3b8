/** `docs/reference/limits.md`, written from the tables of limits of the local Twilio, of Functions and of Flows. */
import { limits as functions } from "@support-line/functions-runtime";
import { limits as studio } from "@support-line/studio";
import { limits } from "./limits.ts";

/** What a limit is, in which unit, and where Twilio says so; without a place it is ours. */
type Row = readonly [what: string, unit: Unit, twilio?: string];
type Unit = "" | "bytes" | "characters" | "s" | "ms" | "MB" | "days" | "date";

const docs = (path: string) => `https://www.twilio.com/docs/${path}`;
const conversations = docs("conversations-classic/conversations-limits");
const flow = docs("studio/rest-api/v2/schemas");
const studioFaq = docs("studio/user-guide/studio-faq");
const requestFlow = docs("serverless/functions-assets/functions/request-flow");
const headers = docs("serverless/functions-assets/functions/headers-and-cookies/limitations");
const variables = docs("serverless/functions-assets/functions/variables");
const verify = docs("verify/api/rate-limits-and-timeouts");

/** By the path of each limit in its table. */
const ofLocalTwilio: Readonly<Record<string, Row>> = {
  "request.body": ["body of a request", "bytes"],
  "request.depth": ["lists and objects in JSON, one in another", ""],
  "answer.bytes": ["answer of a webhook or an HTTP widget, unpacked", "bytes", docs("api/errors/11750")],
  "answer.redirects": ["redirects, one after the other", ""],
  "date.latest": ["last moment of the clock and of every date", "date"],
  "message.characters": ["body of a message to a phone", "characters", docs("api/errors/21617")],
  "message.media": ["media of a message", "", docs("messaging/api/message-resource")],
  "conversation.participants": ["participants of a Conversation", "", conversations],
  "conversation.nonChat": ["of them on phones", "", conversations],
  "conversation.withParticipants": [
    "participants that a Conversation is created with",
    "",
    docs("conversations-classic/api/conversation-with-participants-resource"),
  ],
  "conversation.name": ["FriendlyName of a Conversation", "characters", conversations],
  "conversation.identity": ["identity of a participant or user", "characters", docs("api/errors/50207")],
  "conversation.body": ["body of a message in a Conversation", "bytes", conversations],
  "conversation.ownAttributes": ["attributes of a Conversation", "bytes", conversations],
  "conversation.attributes": ["attributes of a message, participant or user", "bytes", conversations],
  "conversation.webhooks": ["webhooks of a Conversation", "", docs("api/errors/50361")],
  "conversation.triggers": ["triggers of a webhook of a Conversation", "", docs("api/errors/50362")],
  "conversation.webhookUrl": ["URL of a webhook of a Conversation", "characters", docs("api/errors/50372")],
  "conversation.timerDays": ["timer of a Conversation", "days"],
  "sync.ttl": ["life of a Sync Document that has one", "s", docs("sync/api/document-resource")],
  "task.timeout": ["life of a Task that nobody takes", "s", docs("taskrouter/api/task")],
  "task.attributes": ["attributes of a Task or Worker", "characters", docs("taskrouter/limits")],
  "expression.depth": ["brackets and NOT in an expression of TaskRouter, one in another", ""],
  "expression.characters": ["expression of TaskRouter", "characters"],
  "verify.checks": ["checks of a Verification", "", verify],
  "verify.sends": ["codes sent for a Verification", "", verify],
  "execution.addresses": ["To and From of an Execution together", "bytes", docs("api/errors/81023")],
  services: [
    "Services of Functions in an account",
    "",
    docs("serverless/functions-assets/functions/create-service"),
  ],
  "variable.key": ["key of a Variable", "characters", variables],
  "variable.value": ["value of a Variable", "bytes", variables],
  "upload.asset": ["Asset", "bytes", docs("serverless/functions-assets/assets")],
  "upload.privateAsset": ["private Asset", "bytes", docs("serverless/functions-assets/assets")],
  "upload.function": ["Function", "bytes"],
  "log.calls": ["calls that the log keeps", ""],
  "log.path": ["path of a call in the log", "characters"],
  "log.form": ["form of a call in the log", "characters"],
  "log.value": ["field of a form in the log", "characters"],
};

const ofFunctions: Readonly<Record<string, Row>> = {
  request: ["request to a Function", "bytes", requestFlow],
  response: ["response of a Function", "bytes", requestFlow],
  headerBytes: ["headers of a response", "bytes", headers],
  headerCount: ["lines of headers of a response", "", headers],
  context: ["account, domain, path and Variables as JSON", "bytes", docs("api/errors/82006")],
  concurrent: ["runs at once, for each Service", "", requestFlow],
  runMs: ["run of a Function", "ms", requestFlow],
  "console.lines": ["lines that a run writes to the console", ""],
  "console.characters": ["what a run writes to the console", "characters"],
  "process.heapMb": ["JavaScript objects of a process of Functions", "MB"],
  "process.memory": ["memory of a process of Functions", "bytes"],
  "process.beginMs": ["until a run begins; a new process takes it over", "ms"],
  "build.installMs": ["npm for a Build", "ms"],
  "build.checkMs": ["check of a Build's sources", "ms"],
  "build.modules": ["installed modules of Builds that nothing has deployed", "bytes"],
};

const ofStudio: Readonly<Record<string, Row>> = {
  "flow.states": ["widgets of a Flow", "", flow],
  "flow.subflowWidgets": ["Run Subflow widgets of a Flow", "", docs("studio/subflows")],
  "flow.subflows": ["subflows of a Flow", "", docs("studio/subflows")],
  "execution.steps": ["steps of an Execution", "", studioFaq],
  "execution.repeats": ["runs of one widget in a row", "", studioFaq],
  "execution.context": ["variables and widgets of an Execution as JSON", "characters"],
  "execution.turn": ["contexts that the steps between two waits leave", "characters"],
  "answer.bytes": ["answer that a widget reads", "bytes", docs("studio/widget-library/run-function")],
  "answer.seconds": ["wait for an answer", "s", docs("studio/widget-library/run-function")],
  "redirect.seconds": ["wait for TwiML", "s", docs("studio/widget-library/twiml-redirect")],
  "json.depth": ["lists and objects of a value, one in another", ""],
  "liquid.rounds": ["rounds of a loop in a template", "", studioFaq],
  "liquid.parts": ["parts that a template renders", ""],
  "liquid.template": ["template", "characters"],
  "liquid.made": ["what a template makes while it renders", "characters"],
  "regex.pattern": ["pattern of Split Based On", "characters"],
  "regex.work": ["instructions of a pattern times characters of its text", ""],
  "regex.beyond.pattern": ["pattern that RE2 does not know", "characters"],
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
    const whose = twilio === undefined ? "ours" : `[Twilio's](${twilio})`;
    return `- ${what}: ${units[unit](values.get(path) ?? NaN)}, ${whose}`;
  });
  return lines.join("\n");
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

What is beyond a limit is refused with an error that names it, and what came before goes on. Where Twilio has a limit, it is Twilio's,
with the page that says so. The others are ours: without them one request could fill a memory or a disk, or stop a clock. This page is
written from the tables that the code reads: \`packages/local-twilio/limits.ts\`, \`packages/functions-runtime/limits.ts\` and
\`packages/studio/limits.ts\`.

## The local Twilio

${rowsOf(limits, ofLocalTwilio)}

## Functions and Builds

${rowsOf(functions, ofFunctions)}

## Flows

${rowsOf(studio, ofStudio)}
`;
}
