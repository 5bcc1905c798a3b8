/**
 * Lists in which only what is in them counts, by wire name. Twilio answers them in an order of its own (a Build its
 * versions, see the changelog of the community's Terraform provider), and no document says which lists these are.
 */
export const sets: ReadonlySet<string> = new Set([
  "AssetVersions",
  "AutoCreation.WebhookFilters",
  "Configuration.Filters",
  "Configuration.Triggers",
  "Filters",
  "FunctionVersions",
  "Permission",
  "WebhookFilters",
]);
