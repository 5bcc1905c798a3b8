import { ProviderError } from "./errors.ts";

/** Ends what a resource does when it took longer than it may (`customTimeouts`). @param urn of the resource */
export function deadlineOf(urn: string, seconds: number): AbortSignal {
  const what = `"${urn.split("::").at(-1) ?? ""}"`;
  const advice = "What was begun goes on at Twilio; run `pulumi up` again, or raise customTimeouts.";
  const late = new AbortController();
  setTimeout(
    () => late.abort(new ProviderError("timed-out", { what, seconds, advice })),
    seconds * 1000,
  ).unref();
  return late.signal;
}
