/** `GET /_local/v1/events`: server-sent events over the table of events, resumable, as slow as its reader. */
import type { EventLog, TwilioEvent } from "../product.ts";

/** How often a silent stream says that it is alive, in real time: it is the connection that must not fall asleep. */
const heartbeatMs = 15_000;

/** The events after `after` and then those to come, one `data:` line each, until the reader leaves. */
export function eventStream(events: EventLog, after: number): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let last = after;
  let wake: (() => void) | undefined;
  let unsubscribe = (): void => {};
  let heartbeat: NodeJS.Timeout | undefined;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(`retry: 1000\n\n`));
      unsubscribe = events.subscribe(() => wake?.());
      heartbeat = setInterval(() => controller.enqueue(encoder.encode(`: alive\n\n`)), heartbeatMs);
      heartbeat.unref();
    },
    async pull(controller) {
      let fresh = events.after(last, 200);
      while (fresh.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        fresh = events.after(last, 200);
      }
      last = fresh.at(-1)?.id ?? last;
      controller.enqueue(encoder.encode(fresh.map(asText).join("")));
    },
    cancel() {
      unsubscribe();
      clearInterval(heartbeat);
    },
  });
}

function asText(event: TwilioEvent): string {
  return `id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`;
}
