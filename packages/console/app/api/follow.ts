/** The event stream: from a snapshot on, for as long as the page is open, over every interruption. */
import { ask } from "./ask.ts";
import { shapes, type Snapshot, type TwilioEvent } from "./shapes.ts";

export interface Listener {
  /** Everything anew: at the beginning, after an interruption, after a reset. */
  onSnapshot(snapshot: Snapshot): void;
  /** What happened since, oldest first, at most once a frame. */
  onEvents(events: readonly TwilioEvent[]): void;
  onLink(link: "live" | "lost"): void;
}

/** How long to wait before asking again, in milliseconds. */
const patience = { first: 300, most: 2000 };

/** Follows until the answered function is called. */
export function follow(listener: Listener): () => void {
  let stopped = false;
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let pause = patience.first;
  let last = 0;
  let pending: TwilioEvent[] = [];
  let frame: ReturnType<typeof setTimeout> | undefined;

  const flush = (): void => {
    frame = undefined;
    const events = pending;
    pending = [];
    listener.onEvents(events);
    if (events.some(({ type }) => type === "deployment.reset")) restart();
  };

  const restart = (): void => {
    source?.close();
    clearTimeout(retry);
    void begin();
  };

  const begin = async (): Promise<void> => {
    try {
      const snapshot = await ask("snapshot", "snapshot");
      if (stopped) return;
      last = snapshot.last;
      pause = patience.first;
      listener.onSnapshot(snapshot);
      listener.onLink("live");
      listen();
    } catch {
      lost();
    }
  };

  const lost = (): void => {
    source?.close();
    if (stopped) return;
    listener.onLink("lost");
    clearTimeout(retry);
    retry = setTimeout(() => void begin(), pause);
    pause = Math.min(pause * 1.5, patience.most);
  };

  const listen = (): void => {
    source = new EventSource(`/_local/v1/events?after=${last}`);
    source.onmessage = ({ data }: MessageEvent<string>) => {
      const event = shapes.event.safeParse(JSON.parse(data));
      if (!event.success || event.data.id <= last) return;
      last = event.data.id;
      pending.push(event.data);
      frame ??= setTimeout(flush, 12);
    };
    source.onerror = lost;
  };

  void begin();
  return () => {
    stopped = true;
    source?.close();
    clearTimeout(retry);
    clearTimeout(frame);
  };
}
