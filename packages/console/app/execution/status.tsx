/** How an Execution stands, in a word with a colour. */
import type { ReactNode } from "react";
import type { Execution } from "../api/shapes.ts";

const endings: Readonly<Record<string, string>> = {
  completed: "ended",
  stopped: "stopped",
  stepLimit: "too many steps",
  loopLimit: "went in circles",
  failed: "failed",
};

export function StatusChip({ execution }: { readonly execution: Execution }): ReactNode {
  const { status, endedBy, waiting, failures } = execution;
  if (status === "active") {
    const isWaiting = waiting?.for === "waitForReply";
    return (
      <span className={`chip ${isWaiting ? "waiting" : "active"}`}>{isWaiting ? "waiting" : "running"}</span>
    );
  }
  if (failures.length > 0 && (endedBy === "completed" || endedBy === "stopped")) {
    return <span className="chip bad">failed</span>;
  }
  const isBad = endedBy !== "completed" && endedBy !== "stopped";
  return <span className={`chip ${isBad ? "bad" : "ended"}`}>{endings[endedBy ?? ""] ?? "ended"}</span>;
}
