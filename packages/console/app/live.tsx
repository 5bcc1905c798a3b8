/** The first view: the phones, and beside them the Flow as it runs. */
import { useRef, useState, type CSSProperties, type ReactNode } from "react";
import { Splitter, useKeptSize } from "./design/splitter.tsx";
import { ExecutionPanel } from "./execution/panel.tsx";
import { FlowCanvas } from "./flow/canvas.tsx";
import { usePicture } from "./flow/use-picture.ts";
import { Phones } from "./phones/phones.tsx";
import { pick, useRoute } from "./state/route.ts";
import { useModel } from "./state/store.ts";

export function Live(): ReactNode {
  const { query } = useRoute();
  const latest = useModel((model) => model.latestExecution);
  const executions = useModel((model) => model.executions);
  const pinned = query.get("execution");
  const followed = pinned ?? latest;
  const phones = useRef<HTMLElement>(null);
  const [width, setWidth] = useKeptSize("phones");
  const style = width === null ? {} : { "--phones": `${width}px` };
  const [side, setSide] = useState<"phones" | "flow">("phones");
  return (
    <div className="live-view" data-side={side} style={style as CSSProperties}>
      <h1 className="unseen">Phones and Flow</h1>
      <div className="side-switch" role="group" aria-label="What to see">
        {(["phones", "flow"] as const).map((one) => (
          <button key={one} type="button" aria-pressed={side === one} onClick={() => setSide(one)}>
            {one === "phones" ? "Phones" : "Flow"}
          </button>
        ))}
      </div>
      <Phones pane={phones} />
      <Splitter
        label="Width of the phones"
        orientation="vertical"
        pane={phones}
        side="before"
        min={240}
        max={1100}
        onSize={setWidth}
      />
      <section className="watched" aria-label="Flow">
        {followed !== null && (executions.has(followed) || pinned !== null) ? (
          <ExecutionPanel
            sid={followed}
            isPinned={pinned !== null}
            onPin={(isWanted) => pick({ execution: isWanted ? followed : null, step: null })}
          />
        ) : (
          <Untried />
        )}
      </section>
    </div>
  );
}

/** Before anybody wrote: the Flow that waits for the first message. */
function Untried(): ReactNode {
  const flows = useModel((model) => model.flows);
  const isKnown = useModel((model) => model.isKnown);
  const flow = flows.find(({ published }) => published !== null) ?? flows[0];
  const { picture } = usePicture(flow?.sid ?? null, flow?.published ?? flow?.revision ?? null);
  if (!isKnown) {
    return (
      <p className="empty" role="status">
        Asking the local Twilio…
      </p>
    );
  }
  if (flow === undefined) {
    return (
      <div className="empty">
        <h2>No Flow is deployed yet</h2>
        <p>
          Run <code>npm start</code> in the checkout: it deploys the support line, and this page shows it at
          once.
        </p>
      </div>
    );
  }
  return (
    <div className="panel untried">
      <header className="panel-head">
        <h2>{flow.name}</h2>
        <p className="quiet">Write a message from a phone: its way through the Flow lights up here.</p>
      </header>
      {picture === null ? null : (
        <FlowCanvas picture={picture} lit={null} selected={null} onSelect={() => {}} />
      )}
    </div>
  );
}
