/** What the local Twilio answers, parsed once where it comes in. docs/reference/control-api.md says what each is. */
import * as z from "zod/mini";

// Without code made at run time, which the page's content security policy forbids.
z.config({ jitless: true });

const text = z.string();
const textOrNull = z.nullable(z.string());
const record = z.record(z.string(), z.unknown());

const own = z.object({
  address: text,
  name: text,
  webhook: textOrNull,
  opensConversations: z.boolean(),
});
const flow = z.object({
  sid: text,
  name: text,
  revision: z.number(),
  published: z.nullable(z.number()),
  at: text,
});
const media = z.object({ url: text, contentType: text });
const message = z.object({
  sid: text,
  direction: z.enum(["sent", "received"]),
  other: text,
  body: text,
  media: z.array(media),
  at: text,
  status: text,
  errorCode: z.nullable(z.number()),
  conversationSid: textOrNull,
  messageSid: textOrNull,
});
const participant = z.object({
  sid: text,
  address: textOrNull,
  proxyAddress: textOrNull,
  identity: textOrNull,
  role: textOrNull,
  at: text,
});
const conversation = z.object({
  sid: text,
  serviceSid: text,
  name: textOrNull,
  state: text,
  at: text,
  timers: z.object({ inactive: textOrNull, closed: textOrNull }),
  participants: z.array(participant),
  webhooks: z.array(z.object({ sid: text, target: text, flowSid: textOrNull, url: textOrNull })),
});
const execution = z.object({
  sid: text,
  flowSid: text,
  revision: z.nullable(z.number()),
  status: text,
  endedBy: textOrNull,
  trigger: textOrNull,
  contact: text,
  conversationSid: textOrNull,
  began: text,
  ended: textOrNull,
  state: text,
  steps: z.number(),
  waiting: z.nullable(z.object({ for: text, until: textOrNull })),
  failures: z._default(
    z.array(z.object({ state: text, event: text, code: z.nullable(z.number()), words: text })),
    [],
  ),
});
const event = z.object({
  id: z.number(),
  at: text,
  type: text,
  sid: text,
  parent: textOrNull,
  data: record,
});
const template = z.object({
  property: text,
  template: text,
  result: text,
  error: z.optional(z.string()),
});
const condition = z.object({ name: text, type: text, argument: text, value: text, held: z.boolean() });
const step = z.object({
  sid: text,
  at: textOrNull,
  state: text,
  type: text,
  event: text,
  from: text,
  left: z.optional(z.object({ event: text, to: textOrNull })),
  templates: z.array(template),
  conditions: z.array(condition),
});
const context = z.object({ flow: record, contact: record, trigger: record, widgets: record });
const point = z.object({ x: z.number(), y: z.number() });
const widget = z.object({
  name: text,
  type: text,
  face: z.object({ kind: text, title: text, deed: text, speech: text, facts: z.array(text) }),
  offset: z.nullable(point),
  transitions: z.array(
    z.object({
      event: text,
      next: textOrNull,
      conditions: z.array(z.object({ name: text, type: text, value: text })),
    }),
  ),
});
const edge = z.object({
  from: text,
  to: text,
  quiet: z.boolean(),
  labels: z.array(z.object({ text, transition: z.number() })),
  points: z.array(point),
  words: z.nullable(
    z.object({
      x: z.number(),
      y: z.number(),
      width: z.number(),
      height: z.number(),
      lines: z.array(z.object({ text })),
    }),
  ),
});

const names = z.object({
  stage: textOrNull,
  lines: z.array(z.object({ address: text, name: text })),
  people: z.array(z.object({ address: text, name: text })),
});

export const shapes = {
  snapshot: z.object({
    last: z.number(),
    version: text,
    accountSid: text,
    now: z.number(),
    names,
    numbers: z.array(own),
    flows: z.array(flow),
    hasTasks: z.boolean(),
    handsets: z.array(z.object({ address: text, messages: z.array(message) })),
    conversations: z.array(conversation),
    executions: z.array(execution),
    followed: z.array(event),
  }),
  conversation,
  execution,
  executions: z.object({ executions: z.array(execution) }),
  path: z.object({
    steps: z.array(step),
    notes: z.array(z.object({ id: z.number(), at: text, type: text, data: record })),
  }),
  step: z.extend(step, { before: context, after: context }),
  messageStep: z.object({ step: z.nullable(z.object({ executionSid: text, stepSid: text, state: text })) }),
  picture: z.object({
    flowSid: text,
    revision: z.number(),
    name: text,
    initial: text,
    card: z.object({ width: z.number(), height: z.number() }),
    widgets: z.array(widget),
    nodes: z.array(
      z.object({
        id: text,
        kind: text,
        x: z.number(),
        y: z.number(),
        width: z.number(),
        height: z.number(),
      }),
    ),
    edges: z.array(edge),
  }),
  revisions: z.object({
    revisions: z.array(z.object({ revision: z.number(), status: text, message: textOrNull, at: text })),
  }),
  changes: z.object({ changes: z.array(z.object({ kind: text, widget: textOrNull, words: text })) }),
  invocations: z.object({
    invocations: z.array(
      z.object({
        id: z.number(),
        at: text,
        functionSid: text,
        domain: text,
        path: text,
        method: z._default(text, "POST"),
        executionSid: z._default(textOrNull, null),
        status: z.number(),
        duration_ms: z.number(),
        parameters: record,
        logs: z.array(z.object({ level: text, message: text })),
        error: z.nullable(z.object({ code: z.number(), message: text, stack: z._default(textOrNull, null) })),
        answer: z._default(z.nullable(z.object({ contentType: text, body: text, bytes: z.number() })), null),
      }),
    ),
  }),
  calls: z.object({
    calls: z.array(
      z.object({
        id: z.number(),
        at: text,
        method: text,
        host: text,
        path: text,
        status: z.union([z.number(), text]),
        ms: z.number(),
        who: textOrNull,
        agent: textOrNull,
        form: z._default(z.nullable(text), null),
      }),
    ),
  }),
  stage: z.object({
    accountSid: text,
    names,
    numbers: z.array(own),
    flows: z.array(flow),
    hasTasks: z.boolean(),
    services: z.array(
      z.object({
        sid: text,
        name: text,
        environments: z.array(
          z.object({
            sid: text,
            domain: text,
            buildSid: textOrNull,
            functions: z.array(z.object({ sid: text, name: text, path: text, visibility: text, at: text })),
            variables: z.array(text),
          }),
        ),
      }),
    ),
    entries: z.array(
      z.object({
        sid: text,
        address: text,
        type: text,
        name: text,
        opens: z.boolean(),
        flowSid: textOrNull,
        url: textOrNull,
        serviceSid: textOrNull,
      }),
    ),
    timers: z.array(text),
  }),
  standing: z.object({
    findings: z.array(
      z.object({
        kind: text,
        hurts: z.boolean(),
        code: z.nullable(z.number()),
        where: text,
        words: text,
        at: text,
        contact: textOrNull,
        flowSid: textOrNull,
        executionSid: textOrNull,
        conversationSid: textOrNull,
      }),
    ),
    flows: z.array(
      z.object({
        sid: text,
        name: text,
        executions: z.number(),
        lastAt: textOrNull,
        looked: z.number(),
        failed: z.number(),
      }),
    ),
    changedLast: z.nullable(z.object({ what: text, at: text })),
    failuresToday: z.number(),
    failuresSinceChange: z.number(),
  }),
  tasks: z.object({
    workspaces: z.array(
      z.object({
        sid: text,
        name: text,
        queues: z.array(z.object({ sid: text, name: text, workers: text, waiting: z.number() })),
        workers: z.array(
          z.object({
            sid: text,
            name: text,
            activity: text,
            isAvailable: z.boolean(),
            since: text,
            tasks: z.number(),
          }),
        ),
        tasks: z.array(
          z.object({
            sid: text,
            status: text,
            queue: text,
            workflow: text,
            channel: text,
            priority: z.number(),
            reason: textOrNull,
            at: text,
            customer: textOrNull,
            conversationSid: textOrNull,
            reservations: z.array(z.object({ sid: text, status: text, worker: text, at: text })),
          }),
        ),
      }),
    ),
  }),
  clock: z.object({ now: text, offsetMs: z.number(), timers: z.number() }),
  media,
  sent: z.object({ sid: text }),
  anything: z.unknown(),
  event,
  events: z.object({ events: z.array(event) }),
  problem: z.object({ error: z.object({ code: text, message: text }) }),
} as const;

type Shape = typeof shapes;
export type Answer<Name extends keyof Shape> = z.output<Shape[Name]>;

export type Snapshot = Answer<"snapshot">;
export type Names = z.output<typeof names>;
export type Own = Snapshot["numbers"][number];
export type FlowSummary = Snapshot["flows"][number];
export type Message = z.output<typeof message>;
export type Conversation = z.output<typeof conversation>;
export type Participant = z.output<typeof participant>;
export type Execution = z.output<typeof execution>;
export type Note = Answer<"path">["notes"][number];
export type Step = z.output<typeof step>;
export type StepWithContext = Answer<"step">;
export type Picture = Answer<"picture">;
export type Widget = z.output<typeof widget>;
export type Edge = z.output<typeof edge>;
export type Invocation = Answer<"invocations">["invocations"][number];
export type RestCall = Answer<"calls">["calls"][number];
export type TwilioEvent = Answer<"event">;
export type Standing = Answer<"standing">;
export type Finding = Standing["findings"][number];
export type Workspace = Answer<"tasks">["workspaces"][number];
export type Stage = Answer<"stage">;
