/** What Executions are found by: how they stand, words, a time. All of it is in the page's address. */
import type { ReactNode } from "react";
import { current } from "../state/store.ts";
import { pick, useRoute } from "../state/route.ts";

const times = {
  "15m": ["Last 15 minutes", 15],
  "1h": ["Last hour", 60],
  "24h": ["Last 24 hours", 24 * 60],
  "7d": ["Last 7 days", 7 * 24 * 60],
} as const;

const isTime = (value: string): value is keyof typeof times => Object.hasOwn(times, value);

/** The query of `GET executions` for what the page's address asks; empty when it asks for all. */
export function askedBy(query: URLSearchParams): string {
  const asked = new URLSearchParams();
  const status = query.get("status");
  if (status === "failed" || status === "active") asked.set("status", status);
  const find = (query.get("find") ?? "").trim();
  if (find !== "") asked.set("find", find);
  const time = query.get("time") ?? "";
  if (isTime(time)) {
    const now = Date.now() + current().ahead;
    asked.set("since", new Date(now - times[time][1] * 60_000).toISOString());
  }
  for (const [name, value] of [
    ["since", query.get("from")],
    ["until", query.get("to")],
  ] as const) {
    const at = time === "between" ? Date.parse(value ?? "") : Number.NaN;
    if (!Number.isNaN(at)) asked.set(name, new Date(at).toISOString());
  }
  return asked.toString();
}

export function Filters(): ReactNode {
  const { query } = useRoute();
  const status = query.get("status") ?? "all";
  const time = query.get("time") ?? "";
  return (
    <>
      <input
        type="search"
        aria-label="Find an Execution"
        placeholder="Widget, person, words, Flow or SID"
        value={query.get("find") ?? ""}
        onChange={({ target }) => pick({ find: target.value === "" ? null : target.value })}
      />
      <div className="segments" role="group" aria-label="Which">
        {["all", "active", "failed"].map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={status === one}
            onClick={() => pick({ status: one === "all" ? null : one })}
          >
            {one}
          </button>
        ))}
      </div>
      <select
        aria-label="When it began"
        value={time}
        onChange={({ target }) => pick({ time: target.value || null, from: null, to: null })}
      >
        <option value="">Any time</option>
        {Object.entries(times).map(([value, [words]]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
        <option value="between">Between…</option>
      </select>
      {time === "between"
        ? (["from", "to"] as const).map((name) => (
            <label key={name} className="inline-field">
              <span>{name}</span>
              <input
                type="datetime-local"
                value={query.get(name) ?? ""}
                onChange={({ target }) => pick({ [name]: target.value || null })}
              />
            </label>
          ))
        : null}
    </>
  );
}
