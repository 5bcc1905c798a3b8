/** The routes below `/_local/v1`, each with what it is for: the page of the control API is made of this table. */
import type { Bodies } from "./bodies.ts";

export interface ControlRoute {
  readonly method: "GET" | "POST" | "DELETE";
  /** As Hono writes it: `/handsets/:address/messages`. */
  readonly path: string;
  /** Name of the shape of its body. */
  readonly body?: keyof Bodies;
  readonly query?: readonly string[];
  /** A sentence or two, Markdown. */
  readonly does: string;
}

/** A group of routes, with a heading. */
export interface ControlRoutes {
  readonly about: string;
  readonly routes: readonly ControlRoute[];
}

/** Every route, for people and for tests. */
export const controlRoutes: readonly ControlRoutes[] = [
  {
    about: "State",
    routes: [
      {
        method: "GET",
        path: "/status",
        does: "Version, identity, process, endpoint, account, certificate, switches, whether it is idle, and the last problems.",
      },
      { method: "GET", path: "/account", does: "The account, and the auth token that opens it now." },
      {
        method: "GET",
        path: "/idle",
        does: "Answers when no work is left that a request set off. Waits and timers do not count. Tests need no sleeping.",
      },
      {
        method: "POST",
        path: "/reset",
        body: "nothing",
        does: "Forgets everything but the account and its default numbers: clock, faults and call log too. The identity is another.",
      },
      {
        method: "POST",
        path: "/seed",
        body: "seed",
        does: "Adds numbers, short codes, senders, API keys, answers of Lookup and Verify, and rules of handsets. What exists stays as it is.",
      },
      { method: "GET", path: "/switches", does: "The position of each switch." },
      { method: "POST", path: "/switches", body: "switches", does: "Sets switches. They survive a restart." },
    ],
  },
  {
    about: "Time",
    routes: [
      { method: "GET", path: "/clock", does: "The time of the one clock of everything here." },
      {
        method: "POST",
        path: "/clock/advance",
        body: "advance",
        does: "Moves the clock forward. Timers on the way run in order, each at its own time.",
      },
      { method: "POST", path: "/clock/set", body: "setClock", does: "Sets the clock to a later moment." },
      {
        method: "GET",
        path: "/lifecycles/:kind",
        does: "How fast something goes on: `build`, `message` or `sender`.",
      },
      {
        method: "POST",
        path: "/lifecycles/:kind",
        body: "lifecycle",
        does: "Sets that: at once, by hand, or after some seconds.",
      },
      {
        method: "POST",
        path: "/lifecycles/:kind/advance",
        query: ["sid"],
        does: "Takes one step by hand, for one thing or for all of the kind.",
      },
    ],
  },
  {
    about: "Handsets",
    routes: [
      { method: "GET", path: "/handsets", does: "Addresses that received or wrote something." },
      {
        method: "GET",
        path: "/handsets/:address/messages",
        does: "Its messages, `{inbox, outbox}`, oldest first.",
      },
      {
        method: "POST",
        path: "/handsets/:address/messages",
        body: "handsetMessage",
        does: "The handset writes to a number of the account. `button` is one of a WhatsApp template that was tapped: its text is the body.",
      },
      {
        method: "POST",
        path: "/conversations/:sid/messages",
        body: "clientMessage",
        does: "A participant with an identity writes with Twilio's SDK: webhooks hear `Source` SDK, and `ClientIdentity`.",
      },
      { method: "GET", path: "/handsets/:address/rules", does: "How messages to it fail." },
      {
        method: "POST",
        path: "/handsets/:address/rules",
        body: "handsetRules",
        does: "Sets that: from one address or from all, a number of times or always.",
      },
      {
        method: "POST",
        path: "/flow-messages/next",
        body: "nextFlowMessage",
        does: "The next message that a Flow sends is refused by Twilio, or taken and not delivered.",
      },
    ],
  },
  {
    about: "Calls in text",
    routes: [
      {
        method: "POST",
        path: "/handsets/:address/calls",
        body: "handsetCall",
        does: "Calls a number of the account.",
      },
      { method: "GET", path: "/handsets/:address/calls", does: "Its calls, those that ring included." },
      { method: "GET", path: "/handsets/:address/answering", does: "What it does when it is called." },
      {
        method: "POST",
        path: "/handsets/:address/answering",
        body: "answering",
        does: "Sets that. A handset that `rings` waits until somebody answers.",
      },
      {
        method: "GET",
        path: "/calls/:sid",
        does: "Status, `lines` (who said or pressed what) and `asks` (what the call waits for, until when).",
      },
      { method: "POST", path: "/calls/:sid/answer", body: "nothing", does: "Answers a call that rings." },
      { method: "POST", path: "/calls/:sid/decline", body: "nothing", does: "Declines a call that rings." },
      { method: "POST", path: "/calls/:sid/keys", body: "keys", does: "Presses keys, one by one." },
      { method: "POST", path: "/calls/:sid/speech", body: "speech", does: "Says something." },
      { method: "POST", path: "/calls/:sid/hangup", body: "nothing", does: "Hangs up." },
      {
        method: "POST",
        path: "/calls/:sid/take",
        body: "takeCall",
        does: "Takes the call out of its queue.",
      },
    ],
  },
  {
    about: "Faults",
    routes: [
      { method: "GET", path: "/latency", does: "Milliseconds that are added to every REST call." },
      { method: "POST", path: "/latency", body: "latency", does: "Sets them." },
      { method: "GET", path: "/faults", does: "The faults that REST calls meet." },
      {
        method: "POST",
        path: "/faults",
        body: "fault",
        does: "Adds a fault. `host` and `path` are regular expressions. `committed`: the answer fails after the call was done. `staleSeconds`: reads show what was before. `dropBefore` and `dropAfter` cut the connection before or after the call was done.",
      },
      { method: "DELETE", path: "/faults", does: "Takes all of them away." },
      {
        method: "GET",
        path: "/callbacks",
        does: "The faults of TaskRouter's event callbacks, with how many were sent, lost, repeated and delayed.",
      },
      {
        method: "POST",
        path: "/callbacks",
        body: "callbacks",
        does: "Sets how likely a callback is lost, repeated or delayed. The same seed gives the same faults.",
      },
      { method: "DELETE", path: "/callbacks", does: "Callbacks arrive once and in order again." },
    ],
  },
  {
    about: "What happened",
    routes: [
      {
        method: "GET",
        path: "/events",
        query: ["after"],
        does: "A stream of server-sent events. With `Accept: application/json` it answers one page of at most 1,000 events.",
      },
      { method: "GET", path: "/events/last", does: "The id of the last event." },
      {
        method: "GET",
        path: "/calls",
        query: ["after"],
        does: "The last 20,000 REST calls; secrets show as dots.",
      },
      { method: "DELETE", path: "/calls", does: "Empties that log." },
      {
        method: "GET",
        path: "/executions/:sid/steps",
        does: "Each step of an Execution, with the context before and after, templates and conditions.",
      },
    ],
  },
  {
    about: "Functions and Flex",
    routes: [
      {
        method: "POST",
        path: "/functions/invoke",
        body: "invoke",
        does: "Calls a Function as Twilio would, signature included.",
      },
      {
        method: "POST",
        path: "/flex/tokens",
        body: "flexToken",
        does: "A token of Flex for a Worker, by name or SID, that `iam.twilio.com` calls valid for an hour.",
      },
    ],
  },
  {
    about: "What the console reads",
    routes: [
      {
        method: "GET",
        path: "/snapshot",
        does: "Everything that a first view needs, as of event `last`: addresses, Flows, handsets, the newest Conversations and Executions, the time.",
      },
      {
        method: "GET",
        path: "/stage",
        does: "What is deployed: addresses, Flows, Functions with the names of their Variables, timers.",
      },
      {
        method: "GET",
        path: "/standing",
        does: "How the stage is, as `npm run stage -- status` says it: who is hurt by what, what failed in the last day, what changed last.",
      },
      {
        method: "GET",
        path: "/tasks",
        does: "What TaskRouter has: queues, Tasks with their reservations, Workers.",
      },
      {
        method: "GET",
        path: "/names",
        does: "What the stage, its lines and its agents are called, as whoever deployed it last has told.",
      },
      {
        method: "POST",
        path: "/names",
        body: "names",
        does: "Tells it. `npx pulumi up` does, after a deployment to a local Twilio.",
      },
      { method: "GET", path: "/conversations", query: ["limit"], does: "Conversations, newest first." },
      {
        method: "GET",
        path: "/conversations/:sid",
        does: "One of them: state, timers, participants, webhooks.",
      },
      {
        method: "GET",
        path: "/conversations/:sid/history",
        does: "Its events, oldest first, at most 2,000. They outlive it, as long as the database keeps them ([limits](limits.md)).",
      },
      {
        method: "GET",
        path: "/executions",
        query: ["limit", "before", "conversation", "status", "find", "since", "until"],
        does: "Executions, newest first, with what failed in each. `status` is `failed` or `active`; `find` looks for words in widgets, names, numbers, SIDs and messages.",
      },
      {
        method: "GET",
        path: "/executions/:sid",
        does: "One of them: state, what it waits for and until when, why it ended.",
      },
      {
        method: "GET",
        path: "/executions/:sid/path",
        does: "Its steps without contexts: templates with results, conditions, the event that each step left by, warnings.",
      },
      {
        method: "GET",
        path: "/executions/:sid/steps/:step",
        does: "One step whole, with the context before and after.",
      },
      {
        method: "GET",
        path: "/messages/:sid/step",
        does: "The step that sent a message or took it in; null when there is none.",
      },
      { method: "GET", path: "/flows/:sid/revisions", does: "Revisions of a Flow, newest first." },
      {
        method: "GET",
        path: "/flows/:sid/revisions/:revision",
        does: "The picture of a revision: widgets, their places, ways with their words.",
      },
      {
        method: "GET",
        path: "/flows/:sid/revisions/:revision/changes",
        query: ["since"],
        does: "What changed since the revision before, or since another one, in words.",
      },
      {
        method: "GET",
        path: "/invocations",
        query: ["limit", "execution"],
        does: "Runs of Functions, newest first: parameters, answer, output, error with its stack.",
      },
      {
        method: "POST",
        path: "/media",
        does: "Keeps the body as a file of at most 5 MB and answers `{url, contentType}` for a message's `media`.",
      },
      { method: "GET", path: "/media/:sid", does: "The file." },
    ],
  },
];
