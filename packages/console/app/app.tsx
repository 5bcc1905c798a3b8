/** The frame around every view: where to go, how the local Twilio is, what time it is there. */
import { lazy, Suspense, useEffect, useRef, type ReactNode } from "react";
import { Banner } from "./design/banner.tsx";
import { Boundary } from "./design/boundary.tsx";
import { Icon } from "./design/icon.tsx";
import { Link } from "./design/link.tsx";
import { ThemeButton } from "./design/theme.tsx";
import { Live } from "./live.tsx";
import { ClockButton } from "./stage/clock.tsx";
import { useModel } from "./state/store.ts";
import { useRoute, type Route } from "./state/route.ts";

const Executions = lazy(() => import("./execution/list.tsx"));
const ExecutionPage = lazy(() => import("./execution/page.tsx"));
const ConversationPage = lazy(() => import("./stage/conversation-page.tsx"));
const Functions = lazy(() => import("./functions/invocations.tsx"));
const Calls = lazy(() => import("./functions/calls.tsx"));
const StagePage = lazy(() => import("./stage/page.tsx"));
const TasksPage = lazy(() => import("./tasks/page.tsx"));
const FlowPage = lazy(() => import("./flow/page.tsx"));

const views = [
  ["", "Live", "live"],
  ["executions", "Executions", "path"],
  ["functions", "Functions", "code"],
  ["calls", "API calls", "calls"],
  ["tasks", "Tasks", "tasks"],
  ["stage", "Stage", "stage"],
] as const;

export function App(): ReactNode {
  const route = useRoute();
  const hasTasks = useModel((model) => model.hasTasks);
  const [view = ""] = route.parts;
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    // Whoever reads with a screen reader is put where the new view begins; the first view keeps the browser's own place.
    if (!first.current) main.current?.focus();
    first.current = false;
  }, [view]);
  return (
    <div className="app">
      <a className="skip" href="#main">
        Skip to the view
      </a>
      <header className="bar">
        <Link className="brand" to={[]}>
          <Icon name="brand" />
          <span>Console</span>
        </Link>
        <nav aria-label="Views" className="views">
          {views
            .filter(([path]) => path !== "tasks" || hasTasks || view === "tasks")
            .map(([path, name, icon]) => (
              <Link
                key={path}
                to={path === "" ? [] : [path]}
                aria-current={isOpen(view, path) ? "page" : undefined}
              >
                <Icon name={icon} />
                <span>{name}</span>
              </Link>
            ))}
        </nav>
        <div className="bar-end">
          <LinkState />
          <ClockButton />
          <ThemeButton />
        </div>
      </header>
      <Banner />
      <main id="main" ref={main} tabIndex={-1}>
        <Boundary key={route.parts.join("/")}>
          <Suspense
            fallback={
              <p className="empty" role="status">
                Loading…
              </p>
            }
          >
            {viewOf(route)}
          </Suspense>
        </Boundary>
      </main>
    </div>
  );
}

function isOpen(view: string, path: string): boolean {
  return view === path || (path === "stage" && ["flows", "conversations"].includes(view));
}

function viewOf({ parts: [view = "", sid] }: Route): ReactNode {
  switch (view) {
    case "":
      return <Live />;
    case "executions":
      return sid === undefined ? <Executions /> : <ExecutionPage sid={sid} />;
    case "conversations":
      return <ConversationPage sid={sid ?? ""} />;
    case "functions":
      return <Functions />;
    case "calls":
      return <Calls />;
    case "flows":
      return <FlowPage sid={sid ?? ""} />;
    case "tasks":
      return <TasksPage />;
    case "stage":
      return <StagePage />;
    default:
      return (
        <div className="empty">
          <h1>There is no such view</h1>
          <p>
            <Link to={[]}>Go to the phones</Link>
          </p>
        </div>
      );
  }
}

function LinkState(): ReactNode {
  const link = useModel((model) => model.link);
  const words = { live: "live", lost: "stopped", connecting: "connecting" }[link];
  return (
    <span className={`link-state ${link}`} role="status" title={`${window.location.host}: ${words}`}>
      <i aria-hidden="true" />
      <span>{words}</span>
    </span>
  );
}
