/**
 * What the OpenAPI documents get wrong or leave out, as rows with a reason each. An engine never has an `if` for a
 * resource: what it needs to know of one stands here.
 */
import { api } from "./overlay/api.ts";
import { contactCenter } from "./overlay/contact-center.ts";
import { conversations } from "./overlay/conversations.ts";
import { examples } from "./overlay/examples.ts";
import { orchestrator } from "./overlay/orchestrator.ts";
import { others } from "./overlay/others.ts";
import type { OverlayRow } from "./overlay/overlay-row.ts";
import { serverless } from "./overlay/serverless.ts";
import { studio } from "./overlay/studio.ts";

export type { OverlayRow } from "./overlay/overlay-row.ts";

export const overlay: readonly OverlayRow[] = [
  ...serverless,
  ...studio,
  ...conversations,
  ...orchestrator,
  ...contactCenter,
  ...api,
  ...others,
  ...examples,
];

/**
 * Lists in which only what is in them counts, by wire name, whosever they are. Twilio answers them in an order of its
 * own (a Build its versions, see the changelog of the community's Terraform provider), and no document says which
 * lists these are.
 */
export const setInputs: readonly string[] = [
  "AssetVersions",
  "AutoCreation.WebhookFilters",
  "Configuration.Filters",
  "Configuration.Triggers",
  "Filters",
  "FunctionVersions",
  "Permission",
  "TestUsers",
  "WebhookFilters",
];

/** The corrections of the row that the generator makes under a token. */
export function overlayRowsOf(token: string): readonly OverlayRow[] {
  const [, product = "", name = ""] = token.split(":");
  const renamed = overlay.filter((row) => row.rename === name && row.token.startsWith(`twilio:${product}:`));
  const tokens = new Set([token, ...renamed.map((row) => row.token)]);
  return overlay.filter((row) => tokens.has(row.token));
}
