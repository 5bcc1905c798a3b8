/** How long a local Twilio may take to say which one it is. */
const patienceMs = 2_000;

/**
 * Which local Twilio listens at an endpoint, by the control API that only a local one has: a reset makes it another.
 * Undefined when none does: nobody answers, or something else stands for Twilio there. Twilio itself is never asked.
 */
export async function identityAt(endpoint: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${endpoint.replace(/\/+$/, "")}/_local/v1/status`, {
      headers: { accept: "application/json" },
      signal: AbortSignal.timeout(patienceMs),
    });
    if (!response.ok) return undefined;
    const status: unknown = await response.json();
    if (typeof status !== "object" || status === null || !("identity" in status)) return undefined;
    return typeof status.identity === "string" ? status.identity : undefined;
  } catch {
    return undefined;
  }
}
