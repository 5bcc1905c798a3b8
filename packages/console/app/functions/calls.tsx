/** Every REST call that the local Twilio answered: who made it, how it went, how long it took. */
import { useEffect, useMemo, useState, type ReactNode } from "react";
import { ask, AskError } from "../api/ask.ts";
import type { RestCall } from "../api/shapes.ts";
import { CopyButton } from "../design/copy.tsx";
import { shownValue } from "../design/secret.ts";
import { durationOf, momentOf } from "../design/time.tsx";
import { VirtualList } from "../design/virtual-list.tsx";
import { masked } from "../state/people.ts";
import { pick, useRoute } from "../state/route.ts";
import { curlOfCall } from "./curl.ts";

/** Calls are no events: they are asked for, a page at a time, while somebody looks. */
const everyMs = 1000;
const kept = 5000;

function useCalls(): readonly RestCall[] | null {
  const [calls, setCalls] = useState<readonly RestCall[] | null>(null);
  useEffect(() => {
    let last = 0;
    let timer: ReturnType<typeof setTimeout>;
    let isOver = false;
    const load = async (): Promise<void> => {
      try {
        const { calls: fresh } = await ask("calls", `calls?after=${last}`);
        if (isOver) return;
        last = fresh.at(-1)?.id ?? last;
        setCalls((now) =>
          now !== null && fresh.length === 0 ? now : [...fresh.toReversed(), ...(now ?? [])].slice(0, kept),
        );
      } catch (error) {
        if (!(error instanceof AskError)) throw error;
      }
      if (!isOver) timer = setTimeout(() => void load(), everyMs);
    };
    void load();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, []);
  return calls;
}

const kinds = ["all", "writes", "failed"] as const;

export default function Calls(): ReactNode {
  const { query } = useRoute();
  const all = useCalls();
  const wanted = (query.get("find") ?? "").trim().toLowerCase();
  const kind = kinds.find((one) => one === query.get("status")) ?? "all";
  const shown = useMemo(
    () =>
      (all ?? []).filter(
        (one) =>
          (kind !== "writes" || one.method !== "GET") &&
          (kind !== "failed" || typeof one.status === "string" || one.status >= 400) &&
          (wanted === "" ||
            `${one.method} ${one.host}${one.path} ${one.agent ?? ""}`.toLowerCase().includes(wanted)),
      ),
    [all, kind, wanted],
  );
  const picked = shown.find(({ id }) => String(id) === query.get("call")) ?? shown[0];
  return (
    <div className="page">
      <header className="page-head">
        <h1>API calls</h1>
        <input
          type="search"
          aria-label="Find a call"
          placeholder="Path, host or caller"
          value={query.get("find") ?? ""}
          onChange={({ target }) => pick({ find: target.value === "" ? null : target.value })}
        />
        <div className="segments" role="group" aria-label="Which">
          {kinds.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={kind === one}
              onClick={() => pick({ status: one === "all" ? null : one })}
            >
              {one}
            </button>
          ))}
        </div>
      </header>
      {picked === undefined ? (
        <div className="empty">
          <h2>
            {all === null
              ? "Loading…"
              : all.length === 0
                ? "Nobody has called the REST API yet"
                : "None fits"}
          </h2>
          <p>
            {all?.length === 0
              ? "Pulumi, Functions and any Twilio client show up here with what they ask."
              : ""}
          </p>
        </div>
      ) : (
        <div className="two">
          <div className="table calls">
            <VirtualList
              className="rows"
              label="REST calls, newest first"
              items={shown}
              height={40}
              keyOf={({ id }) => id}
              render={(one) => (
                <button
                  type="button"
                  className="row"
                  aria-current={one === picked ? "true" : undefined}
                  onClick={() => pick({ call: String(one.id) })}
                >
                  <span
                    className={typeof one.status === "number" && one.status < 400 ? "chip ended" : "chip bad"}
                  >
                    {one.status}
                  </span>
                  <span className={`method ${one.method}`}>{one.method}</span>
                  <span className="mono call-path" title={one.path}>
                    {shortened(one.path)}
                  </span>
                  <span className="number quiet">{durationOf(one.ms)}</span>
                  <time dateTime={one.at}>{momentOf(one.at)}</time>
                </button>
              )}
            />
          </div>
          <section className="beside" aria-label="The call">
            <CallDetail call={picked} />
          </section>
        </div>
      )}
    </div>
  );
}

function CallDetail({ call }: { readonly call: RestCall }): ReactNode {
  const fields = [...new URLSearchParams(call.form ?? "")];
  return (
    <div className="invocation">
      <p>
        <CopyButton text={() => curlOfCall(call)} label="Copy as curl" />
      </p>
      <dl className="pairs">
        <div>
          <dt>{call.method}</dt>
          <dd className="mono wrap">
            {call.host}
            {masked(safely(call.path))}
          </dd>
        </div>
        <div>
          <dt>Status</dt>
          <dd>{call.status}</dd>
        </div>
        <div>
          <dt>Took</dt>
          <dd>{durationOf(call.ms)}</dd>
        </div>
        <div>
          <dt>Signed by</dt>
          <dd className="mono">{call.who === null ? "nobody known" : `${call.who.slice(0, 10)}…`}</dd>
        </div>
        <div>
          <dt>Client</dt>
          <dd>{callerOf(call.agent)}</dd>
        </div>
        {fields.map(([name, value], at) => (
          <div key={at}>
            <dt>{name}</dt>
            <dd>
              <code dir="auto">{shownValue(name, value)}</code>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** A path with its SIDs cut: what is asked is easier to read than of which object. */
function shortened(path: string): string {
  return masked(safely(path)).replace(/\b([A-Z]{2}[0-9a-f]{4})[0-9a-f]{28}\b/g, "$1…");
}

function safely(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function callerOf(agent: string | null): string {
  if (agent === null) return "unknown";
  if (/pulumi/i.test(agent)) return `the Pulumi provider (${agent})`;
  return /^twilio-node/.test(agent) ? `twilio-node, a Function for example (${agent})` : agent;
}
