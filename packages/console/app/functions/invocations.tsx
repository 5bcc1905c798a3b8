/** Every run of a Function. */
import { useEffect, useMemo, useState, type ReactNode } from "react";
import { ask, AskError } from "../api/ask.ts";
import type { Invocation } from "../api/shapes.ts";
import { Link } from "../design/link.tsx";
import { durationOf, momentOf } from "../design/time.tsx";
import { VirtualList } from "../design/virtual-list.tsx";
import { pick, useRoute } from "../state/route.ts";
import { useModel } from "../state/store.ts";
import { InvocationDetail } from "./invocation-detail.tsx";

const most = 1000;

export default function Functions(): ReactNode {
  const { query } = useRoute();
  const count = useModel((model) => model.invocations);
  const [all, setAll] = useState<readonly Invocation[] | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => {
      ask("invocations", `invocations?limit=${most}`).then(
        ({ invocations }) => setAll(invocations),
        (error: unknown) => {
          if (!(error instanceof AskError)) throw error;
        },
      );
    }, 100);
    return () => clearTimeout(timer);
  }, [count]);
  const wanted = (query.get("find") ?? "").trim().toLowerCase();
  const onlyBad = query.get("status") === "failed";
  const shown = useMemo(
    () =>
      (all ?? []).filter(
        (one) =>
          (!onlyBad || one.status >= 400 || one.error !== null) &&
          (wanted === "" ||
            JSON.stringify([one.path, one.parameters, one.logs, one.error]).toLowerCase().includes(wanted)),
      ),
    [all, onlyBad, wanted],
  );
  const picked = shown.find(({ id }) => String(id) === query.get("run")) ?? shown[0];
  return (
    <div className="page">
      <header className="page-head">
        <h1>Functions</h1>
        <input
          type="search"
          aria-label="Find a run"
          placeholder="Path, parameter or output"
          value={query.get("find") ?? ""}
          onChange={({ target }) => pick({ find: target.value === "" ? null : target.value })}
        />
        <div className="segments" role="group" aria-label="Which">
          {["all", "failed"].map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={onlyBad === (one === "failed")}
              onClick={() => pick({ status: one === "all" ? null : one })}
            >
              {one}
            </button>
          ))}
        </div>
      </header>
      {picked === undefined ? (
        <div className="empty">
          <h2>{all === null ? "Loading…" : all.length === 0 ? "No Function has run yet" : "None fits"}</h2>
          <p>
            {all?.length === 0
              ? "Runs stand here with what went in, what came out and what was printed."
              : ""}
          </p>
        </div>
      ) : (
        <div className="two">
          <div className="table invocations">
            <VirtualList
              className="rows"
              label="Runs of Functions, newest first"
              items={shown}
              height={40}
              keyOf={({ id }) => id}
              render={(one) => (
                <button
                  type="button"
                  className="row"
                  aria-current={one === picked ? "true" : undefined}
                  onClick={() => pick({ run: String(one.id) })}
                >
                  <span className={one.status < 400 ? "chip ended" : "chip bad"}>{one.status}</span>
                  <span className="mono">{one.path}</span>
                  <span className="number quiet">{durationOf(one.duration_ms)}</span>
                  <time dateTime={one.at}>{momentOf(one.at)}</time>
                </button>
              )}
            />
          </div>
          <section className="beside" aria-label="The run">
            {picked.executionSid === null ? null : (
              <p>
                <Link to={["executions", picked.executionSid]}>Its Execution</Link>
              </p>
            )}
            <InvocationDetail invocation={picked} />
          </section>
        </div>
      )}
    </div>
  );
}
