/**
 * How the stage is, as `npm run stage -- status` asks Twilio for it over REST: who is hurt and by what, what changed last. The
 * kinds of findings, and what counts as now, are those of docs/how-to/at-night.md.
 */
import { isoSecondsOf } from "../../calendar.ts";
import { bodiesOf, isBody } from "../../json.ts";
import { inner, number, text, textOrNull } from "../../fields.ts";
import type { Body, StoredObject, Twilio } from "../../product.ts";
import { parseAttributes } from "../../conversations/attributes.ts";
import { tokens as conversations } from "../../conversations/tokens.ts";
import { tokens as serverless } from "../../serverless/tokens.ts";
import { tokens as studio } from "../../studio/tokens.ts";
import { attributesOf } from "../../taskrouter/attributes.ts";
import { tokens as taskrouter } from "../../taskrouter/tokens.ts";
import type { ControlParts } from "../parts.ts";
import { executionsNow } from "./executions.ts";
import type { Failure } from "./failures.ts";
import { definitionOf } from "./flows.ts";
import { namesNow } from "./names.ts";

export interface Finding {
  readonly kind: "failing" | "gone" | "waiting" | "stuck" | "earlier";
  /** Whether somebody is being hurt by it now. */
  readonly hurts: boolean;
  /** Twilio's code; null where there is none. */
  readonly code: number | null;
  /** A widget, a Function's path or a queue; empty where none is known. */
  readonly where: string;
  /** What is said of it beside that, `3 customers, 5 times`. */
  readonly words: string;
  /** When it happened last, or began, as ISO 8601. */
  readonly at: string;
  readonly contact: string | null;
  readonly flowSid: string | null;
  readonly executionSid: string | null;
  readonly conversationSid: string | null;
}

interface Failed {
  readonly sid: string;
  readonly flowSid: string;
  readonly contact: string;
  readonly conversationSid: string | null;
  readonly at: string;
  readonly failure: Failure;
}

const hourMs = 3600_000;
const dayMs = 24 * hourMs;
const youngMs = 10 * 60_000;
/** A failure in one of so many Executions of a Flow hurts now, however old it is. */
const lastFew = 5;
const most = { failed: 500, last: 20 };

/** The whole answer. */
export function standingNow({ twilio, clock }: ControlParts): object {
  const now = clock.now();
  const since = isoSecondsOf(now - dayMs);
  const failed = executionsNow(twilio, { limit: most.failed, status: "failed", since }).flatMap(failuresIn);
  const failedSids = new Set(failed.map(({ sid }) => sid));
  const flows = twilio.store.list(studio.flow).map((flow) => flowNow(twilio, flow, since, failedSids));
  const isRecent = ({ at, sid, flowSid }: Failed): boolean =>
    now - Date.parse(at) < hourMs ||
    (flows.find((each) => each.sid === flowSid)?.lastFew.includes(sid) ?? false);
  const changed = changedLast(twilio);
  const findings = [
    ...goneFunctions(twilio),
    ...groupsOf(failed, isRecent),
    ...conversationFindings(twilio, now),
  ].toSorted((one, other) => Number(other.hurts) - Number(one.hurts));
  return {
    findings,
    flows: flows.filter(({ executions }) => executions > 0),
    changedLast: changed,
    failuresToday: failed.length,
    failuresSinceChange: failed.filter(({ at }) => at >= (changed?.at ?? "")).length,
  };
}

function failuresIn(execution: ReturnType<typeof executionsNow>[number]): Failed[] {
  const { sid, flowSid, contact, conversationSid, began, failures } = execution as unknown as {
    readonly sid: string;
    readonly flowSid: string;
    readonly contact: string;
    readonly conversationSid: string | null;
    readonly began: string;
    readonly failures: readonly Failure[];
  };
  return failures.map((failure) => ({ sid, flowSid, contact, conversationSid, at: began, failure }));
}

/** How a Flow has answered in the last day. */
function flowNow(twilio: Twilio, { sid, body }: StoredObject, since: string, failed: ReadonlySet<string>) {
  const { account, database } = twilio.store;
  const rows = database
    .prepare(
      `select sid, body ->> 'date_created' as began from objects
      where account = ? and token = ? and body ->> 'flow_sid' = ? and body ->> 'date_created' >= ? order by sequence desc`,
    )
    .all(account, studio.execution, sid, since);
  const sids = rows.map((row) => String(row["sid"]));
  const last = new Set(sids.slice(0, most.last));
  return {
    sid,
    name: text(body, "friendly_name"),
    executions: rows.length,
    lastAt: rows[0] === undefined ? null : String(rows[0]["began"]),
    looked: last.size,
    failed: [...last].filter((each) => failed.has(each)).length,
    lastFew: sids.slice(0, lastFew),
  };
}

/** The same failure of the same Flow once, with how often and whom it hit. */
function groupsOf(failed: readonly Failed[], isRecent: (one: Failed) => boolean): Finding[] {
  const groups = Map.groupBy(failed, ({ flowSid, failure: { state, event, code } }) =>
    [state === "" ? "" : flowSid, state, code ?? event].join(" "),
  );
  return [...groups.values()].flatMap((group) => {
    // Executions come newest first.
    const [last] = group;
    if (last === undefined) return [];
    const hurts = isRecent(last);
    const people = new Set(group.map(({ contact }) => contact)).size;
    return {
      kind: hurts ? ("failing" as const) : ("earlier" as const),
      hurts,
      code: last.failure.code,
      where: last.failure.state,
      words: `${last.failure.words === "" ? "" : `${last.failure.words}; `}${counted(people, "customer")}, ${counted(group.length, "time")}`,
      at: last.at,
      contact: last.contact,
      flowSid: last.flowSid,
      executionSid: last.sid,
      conversationSid: last.conversationSid,
    };
  });
}

const counted = (count: number, what: string): string => (count === 1 ? `one ${what}` : `${count} ${what}s`);

/** Functions that a published Flow runs and that the Build which answers there does not have. */
function goneFunctions(twilio: Twilio): Finding[] {
  const { store } = twilio;
  const paths = new Map(
    store.list(serverless.environment).map(({ body }) => {
      const build = store.find(serverless.build, text(body, "build_sid"));
      const versions = build === undefined ? [] : bodiesOf(build.body["function_versions"]);
      return [text(body, "domain_name"), new Set(versions.map((version) => text(version, "path")))] as const;
    }),
  );
  return store.list(studio.flow).flatMap(({ sid, hidden, body }) => {
    const published = hidden["published"];
    const states = typeof published === "number" ? (definitionOf(twilio, sid, published)?.states ?? []) : [];
    return states.flatMap(({ name, type, properties }): Finding[] => {
      const url = type === "run-function" && typeof properties["url"] === "string" ? properties["url"] : "";
      const [, domain = "", path = ""] = /^https:\/\/([^/]+)(\/[^?#]*)/.exec(url) ?? [];
      const there = paths.get(domain);
      if (there === undefined || there.has(path)) return [];
      return [
        {
          kind: "gone",
          hurts: true,
          code: null,
          where: name,
          words: `Function ${path} is not in the Build that answers`,
          at: text(body, "date_updated") || text(body, "date_created"),
          contact: null,
          flowSid: sid,
          executionSid: null,
          conversationSid: null,
        },
      ];
    });
  });
}

function conversationFindings(twilio: Twilio, now: number): Finding[] {
  const { store } = twilio;
  const agents = new Set(namesNow(twilio).people.map(({ address }) => address));
  const active = new Set(
    executionsNow(twilio, { limit: most.failed, status: "active" }).flatMap((each) => [
      String(each["contact"]),
      String(each["conversationSid"]),
    ]),
  );
  const tasks = new Set(
    store.list(taskrouter.task).map(({ body }) => text(attributesOf(body), "conversationSid")),
  );
  return store
    .list(conversations.conversation)
    .filter(({ body }) => text(body, "state") !== "closed")
    .flatMap((conversation): Finding[] => {
      const { sid, body } = conversation;
      const notes = notesIn(body);
      const waiting = inner(notes, "waiting");
      const people = store.list(conversations.participant, { ConversationSid: sid }).map((one) => ({
        address: textOrNull(inner(one.body, "messaging_binding"), "address"),
        role: textOrNull(notesIn(one.body), "role"),
      }));
      const customer =
        people.find(({ address }) => address !== null && !agents.has(address))?.address ?? null;
      const found = (kind: "waiting" | "stuck", where: string, words: string, at: string): Finding => ({
        kind,
        hurts: true,
        code: null,
        where,
        words,
        at,
        contact: customer,
        flowSid: null,
        executionSid: null,
        conversationSid: sid,
      });
      const began = text(body, "date_created");
      if (number(waiting, "since") > 0) {
        const queue = text(waiting, "queue");
        const whom = queue === "" ? "an agent" : `somebody of queue ${queue}`;
        return [found("waiting", "", `waits for ${whom}`, isoSecondsOf(number(waiting, "since")))];
      }
      if (now - Date.parse(began) <= youngMs) return [];
      if (notes["flex"] !== undefined) {
        return tasks.has(sid)
          ? []
          : [found("stuck", "", "its Task in Flex is over, and there is no other", began)];
      }
      const timers = inner(body, "timers");
      const hasTimers = ["date_inactive", "date_closed"].some((name) => textOrNull(timers, name) !== null);
      const hasAgent = people.some(
        ({ address, role }) => role === "agent" || (address !== null && agents.has(address)),
      );
      const isAnswered = [sid, ...people.map(({ address }) => address ?? "")].some((each) =>
        active.has(each),
      );
      return hasTimers || hasAgent || isAnswered
        ? []
        : [found("stuck", "", "no agent, no timers, and no Execution answers", began)];
    });
}

/** What was published last: a revision of a Flow, or a Build. */
function changedLast({ store }: Twilio): { readonly what: string; readonly at: string } | null {
  const revisions = store
    .list(studio.revision)
    .filter(({ body }) => text(body, "status") === "published")
    .map(({ body }) => ({
      what: `revision ${number(body, "revision")} of ${text(body, "friendly_name")}`,
      at: text(body, "date_updated") || text(body, "date_created"),
    }));
  const builds = store.list(serverless.deployment).map(({ body }) => ({
    what: `Build ${text(body, "build_sid").slice(0, 10)}…`,
    at: text(body, "date_created"),
  }));
  return [...revisions, ...builds].toSorted((one, other) => (one.at < other.at ? 1 : -1))[0] ?? null;
}

/** The attributes of a Conversation or participant, where they are an object: anybody may write any JSON there. */
function notesIn(body: Body): Body {
  const attributes = parseAttributes(text(body, "attributes"));
  return isBody(attributes) ? attributes : {};
}
