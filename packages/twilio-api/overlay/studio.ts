import type { OverlayRow } from "./overlay-row.ts";

export const studio: readonly OverlayRow[] = [
  {
    token: "twilio:studio:TestUser",
    rename: "FlowTestUser",
    reason: "it is a Flow's; the node client calls it so too",
  },
];
