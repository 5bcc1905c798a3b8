/** All Executions, newest first. */
import { useMemo, useState, type ReactNode } from "react";
import { ask, AskError } from "../api/ask.ts";
import { Link } from "../design/link.tsx";
import { momentOf } from "../design/time.tsx";
import { VirtualList } from "../design/virtual-list.tsx";
import { personAt, rolesOf } from "../state/people.ts";
import { pick, useRoute } from "../state/route.ts";
import { update, useModel } from "../state/store.ts";
import { StatusChip } from "./status.tsx";

const page = 500;

export default function Executions(): ReactNode {
  const { query } = useRoute();
  const executions = useModel((model) => model.executions);
  const flows = useModel((model) => model.flows);
  const conversations = useModel((model) => model.conversations);
  const roles = useMemo(() => rolesOf({ conversations }), [conversations]);
  const names = useMemo(() => new Map(flows.map(({ sid, name }) => [sid, name])), [flows]);
  const wanted = (query.get("find") ?? "").trim().toLowerCase();
  const status = query.get("status") ?? "all";
  const all = useMemo(
    () =>
      [...executions.values()].toSorted((one, other) =>
        one.began < other.began ? 1 : one.began > other.began ? -1 : 0,
      ),
    [executions],
  );
  const shown = useMemo(
    () =>
      all.filter((one) => {
        if (status === "active" && one.status !== "active") return false;
        if (
          status === "failed" &&
          (one.status === "active" || one.endedBy === "completed" || one.endedBy === "stopped")
        ) {
          return false;
        }
        if (wanted === "") return true;
        return [
          one.sid,
          one.contact,
          one.conversationSid ?? "",
          one.state,
          names.get(one.flowSid) ?? "",
        ].some((text) => text.toLowerCase().includes(wanted));
      }),
    [all, status, wanted, names],
  );
  return (
    <div className="page">
      <header className="page-head">
        <h1>Executions</h1>
        <input
          type="search"
          aria-label="Find an Execution"
          placeholder="Person, Flow, widget or SID"
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
        <Older last={all.at(-1)?.sid ?? null} />
      </header>
      {shown.length === 0 ? (
        <div className="empty">
          <h2>{all.length === 0 ? "No Flow has run yet" : "None fits"}</h2>
          <p>
            {all.length === 0 ? (
              <>
                Write from a <Link to={[]}>phone</Link>, and the Execution that starts stands here.
              </>
            ) : (
              "Search for something else."
            )}
          </p>
        </div>
      ) : (
        <div className="table executions">
          <div className="row table-head" aria-hidden="true">
            {["Status", "Flow", "Person", "Widget", "Steps", "Began", "SID"].map((name) => (
              <span key={name}>{name}</span>
            ))}
          </div>
          <VirtualList
            className="rows"
            label="Executions, newest first"
            items={shown}
            height={40}
            keyOf={({ sid }) => sid}
            render={(one) => (
              <Link className="row" to={["executions", one.sid]}>
                <span>
                  <StatusChip execution={one} />
                </span>
                <span>{names.get(one.flowSid) ?? one.flowSid.slice(0, 8)}</span>
                <span>{personAt(one.contact, roles)}</span>
                <span className="mono">{one.state}</span>
                <span className="number">{one.steps}</span>
                <span>{momentOf(one.began)}</span>
                <span className="mono quiet">{one.sid.slice(0, 10)}…</span>
              </Link>
            )}
          />
        </div>
      )}
    </div>
  );
}

/** More of them: the first view has the newest hundred. */
function Older({ last }: { readonly last: string | null }): ReactNode {
  const [state, setState] = useState<"idle" | "loading" | "done">("idle");
  if (last === null) return null;
  const load = async (): Promise<void> => {
    setState("loading");
    try {
      const { executions } = await ask("executions", `executions?limit=${page}&before=${last}`);
      update((model) => ({
        ...model,
        executions: new Map([...model.executions, ...executions.map((one) => [one.sid, one] as const)]),
      }));
      setState(executions.length < page ? "done" : "idle");
    } catch (error) {
      if (!(error instanceof AskError)) throw error;
      setState("idle");
    }
  };
  return (
    <button type="button" className="button small" disabled={state !== "idle"} onClick={() => void load()}>
      {state === "done" ? "That is all" : state === "loading" ? "Loading…" : "Load older"}
    </button>
  );
}
