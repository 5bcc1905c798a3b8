/** Paths that Twilio still answers, and that its documents no longer have: each stands for one that they do. */
const aliases = [
  // The account's webhooks before they were part of its configuration; SDKs of 2021 call it so.
  {
    host: "conversations.twilio.com",
    path: "/v1/Conversations/Webhooks",
    means: "/v1/Configuration/Webhooks",
  },
] as const;

/**
 * The path that Twilio's documents have for one. A slash at its end says nothing: a list is answered with one too, as a suite
 * that ran on live accounts counts on.
 */
export function documentedPath(host: string, path: string): string {
  const plain = path.length > 1 ? path.replace(/\/$/, "") : path;
  return aliases.find((alias) => alias.host === host && alias.path === plain)?.means ?? plain;
}
