/** Says across every view that the local Twilio is gone, and how to have it back. */
import type { ReactNode } from "react";
import { useModel } from "../state/store.ts";

export function Banner(): ReactNode {
  const link = useModel((model) => model.link);
  const isKnown = useModel((model) => model.isKnown);
  if (link !== "lost") return null;
  return (
    <div className="banner" role="alert">
      <strong>The local Twilio has stopped.</strong> {isKnown ? "What you see is how it was. " : ""}
      Start it with <code>npm start</code> or <code>npx local-twilio start</code>: this page goes on by
      itself.
    </div>
  );
}
