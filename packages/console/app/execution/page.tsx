/** One Execution by its address. */
import type { ReactNode } from "react";
import { ExecutionPanel } from "./panel.tsx";

export default function ExecutionPage({ sid }: { readonly sid: string }): ReactNode {
  return (
    <>
      <h1 className="unseen">Execution</h1>
      <ExecutionPanel sid={sid} />
    </>
  );
}
