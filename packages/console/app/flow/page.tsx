/** A Flow by itself: any revision drawn, and what changed since the one before, in words. */
import { useEffect, useState, type ReactNode } from "react";
import { ask, AskError } from "../api/ask.ts";
import type { Answer } from "../api/shapes.ts";
import { Link } from "../design/link.tsx";
import { momentOf } from "../design/time.tsx";
import { pick, useRoute } from "../state/route.ts";
import { useModel } from "../state/store.ts";
import { FlowCanvas } from "./canvas.tsx";
import { usePicture } from "./use-picture.ts";
import { Ways } from "./ways.tsx";

export default function FlowPage({ sid }: { readonly sid: string }): ReactNode {
  const { query } = useRoute();
  const flow = useModel((model) => model.flows.find((one) => one.sid === sid));
  const asked = Number(query.get("revision") ?? Number.NaN);
  const revision = Number.isInteger(asked) ? asked : (flow?.revision ?? null);
  const { picture, problem } = usePicture(flow === undefined ? null : sid, revision);
  const [revisions, setRevisions] = useState<Answer<"revisions">["revisions"]>([]);
  const [changes, setChanges] = useState<Answer<"changes">["changes"] | null>(null);
  const [selected, setSelected] = useState<string | null>(null);
  const latest = flow?.revision;
  useEffect(() => {
    ask("revisions", `flows/${sid}/revisions`).then(({ revisions: found }) => setRevisions(found), ignoreAsk);
  }, [sid, latest]);
  useEffect(() => {
    setChanges(null);
    if (revision === null || revision < 2) return;
    ask("changes", `flows/${sid}/revisions/${revision}/changes`).then(
      ({ changes: found }) => setChanges(found),
      ignoreAsk,
    );
  }, [sid, revision]);
  if (flow === undefined) {
    return (
      <div className="empty">
        <h1>This Flow is not deployed here</h1>
        <p>
          It was deleted, or belongs to another local Twilio. <Link to={["stage"]}>See what is deployed</Link>
        </p>
      </div>
    );
  }
  return (
    <div className="panel">
      <header className="panel-head">
        <h1>{flow.name}</h1>
        <label className="inline-field">
          <span>Revision</span>
          <select value={revision ?? ""} onChange={({ target }) => pick({ revision: target.value })}>
            {revisions.map(({ revision: number, status, at, message }) => (
              <option key={number} value={number}>
                {number} · {status === "published" ? "published" : "draft"} · {momentOf(at)}
                {message === null ? "" : ` · ${message}`}
              </option>
            ))}
          </select>
        </label>
      </header>
      <div className="panel-body">
        {problem === null ? null : <p className="empty">{problem}</p>}
        {picture === null ? null : (
          <FlowCanvas
            key={picture.revision}
            picture={picture}
            lit={null}
            selected={selected}
            onSelect={setSelected}
          />
        )}
        <aside className="inspector" aria-label="Ways and changes">
          {picture === null ? null : (
            <Ways picture={picture} widget={selected ?? picture.initial} onGo={setSelected} />
          )}
          <h2>{revision === 1 ? "First revision" : "Changed in this revision"}</h2>
          {changes === null ? (
            <p className="quiet">{revision === 1 ? "Nothing came before it." : ""}</p>
          ) : null}
          {changes?.length === 0 ? <p className="quiet">Nothing: it was saved as it was.</p> : null}
          <ul className="changes">
            {changes?.map(({ kind, words }, at) => (
              <li key={at} className={kind}>
                {words}
              </li>
            ))}
          </ul>
        </aside>
      </div>
    </div>
  );
}

/** A list that cannot be had stays empty: the frame says when the local Twilio is gone. */
function ignoreAsk(error: unknown): void {
  if (!(error instanceof AskError)) throw error;
}
