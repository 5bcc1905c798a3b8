/** Executions, newest first: what failed is found by it, and a row says where it ended. */
import { useMemo, type ReactNode } from "react";
import type { Execution } from "../api/shapes.ts";
import { Link } from "../design/link.tsx";
import { useNarrow } from "../design/narrow.ts";
import { momentOf } from "../design/time.tsx";
import { VirtualList } from "../design/virtual-list.tsx";
import { personAt } from "../state/people.ts";
import { usePeople } from "../state/use-people.ts";
import { useRoute } from "../state/route.ts";
import { useModel } from "../state/store.ts";
import { EndedAt } from "./ended.tsx";
import { askedBy, Filters } from "./filters.tsx";
import { StatusChip } from "./status.tsx";
import { useFound } from "./use-found.ts";

const height = { wide: 40, narrow: 62 };

export default function Executions(): ReactNode {
  const { query } = useRoute();
  const flows = useModel((model) => model.flows);
  const people = usePeople();
  const names = useMemo(() => new Map(flows.map(({ sid, name }) => [sid, name])), [flows]);
  const { executions, problem, more } = useFound(() => askedBy(query), query.toString());
  const isNarrow = useNarrow();
  const isAll = query.size === 0;
  return (
    <div className="page">
      <header className="page-head">
        <h1>Executions</h1>
        <Filters />
        <span className="quiet" role="status">
          {executions === null ? "Looking…" : counted(executions.length, more !== null)}
        </span>
        {more === null ? null : (
          <button type="button" className="button small" onClick={more}>
            Load older
          </button>
        )}
      </header>
      {problem === null ? null : <p role="alert">{problem}</p>}
      {executions === null ? null : executions.length === 0 ? (
        <div className="empty">
          <h2>
            {isAll ? "No Flow has run yet" : query.get("status") === "failed" ? "None failed" : "None fits"}
          </h2>
          <p>
            {isAll ? (
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
            {["Status", "Began", "Person", "Where it ended, or is", "Flow", "Steps", "SID"].map((name) => (
              <span key={name}>{name}</span>
            ))}
          </div>
          <VirtualList
            key={isNarrow ? "narrow" : "wide"}
            className="rows"
            label="Executions, newest first"
            items={executions}
            height={isNarrow ? height.narrow : height.wide}
            keyOf={({ sid }) => sid}
            render={(one) => (
              <Row
                execution={one}
                person={personAt(one.contact, people)}
                flow={names.get(one.flowSid) ?? one.flowSid.slice(0, 8)}
              />
            )}
          />
        </div>
      )}
    </div>
  );
}

function counted(count: number, isMore: boolean): string {
  return isMore ? `the newest ${count}` : count === 1 ? "1 Execution" : `${count} Executions`;
}

function Row({
  execution,
  person,
  flow,
}: {
  readonly execution: Execution;
  readonly person: string;
  readonly flow: string;
}): ReactNode {
  const { sid, began, steps } = execution;
  return (
    <Link className="row" to={["executions", sid]}>
      <span>
        <StatusChip execution={execution} />
      </span>
      <time dateTime={began}>{momentOf(began)}</time>
      <span>{person}</span>
      <EndedAt execution={execution} />
      <span>{flow}</span>
      <span className="number">{steps}</span>
      <span className="mono quiet">{sid.slice(0, 10)}…</span>
    </Link>
  );
}
