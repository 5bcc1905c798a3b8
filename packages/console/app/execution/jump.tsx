/** From a step to the messages on the phones that it sent or took in. */
import { useMemo, type ReactNode } from "react";
import type { StepWithContext } from "../api/shapes.ts";
import { Icon } from "../design/icon.tsx";
import { personAt } from "../state/people.ts";
import { usePeople } from "../state/use-people.ts";
import { useModel } from "../state/store.ts";

export function JumpToMessages({ step }: { readonly step: StepWithContext | null }): ReactNode {
  const phones = useModel((model) => model.phones);
  const people = usePeople();
  const found = useMemo(() => {
    if (step === null) return [];
    const sids = sidsIn(step);
    return Object.values(phones).flatMap(({ address, messages }) =>
      messages
        .filter(({ sid, messageSid }) => sids.has(sid) || (messageSid !== null && sids.has(messageSid)))
        .map(({ sid, direction }) => ({ sid, address, direction })),
    );
  }, [step, phones]);
  if (found.length === 0) return null;
  return (
    <p className="jumps">
      {found.slice(0, 6).map(({ sid, address, direction }) => (
        <button key={sid} type="button" className="button small" onClick={() => flash(sid)}>
          <Icon name="message" />
          {direction === "sent" ? "from" : "to"} {personAt(address, people)}
        </button>
      ))}
    </p>
  );
}

/** Shows a message where it is on a phone of this view; nothing when that phone is put away. */
function flash(sid: string): void {
  const bubble = document.querySelector(`[data-sid="${CSS.escape(sid)}"]`);
  if (bubble === null) return;
  bubble.scrollIntoView({ block: "center", behavior: "smooth" });
  bubble.classList.remove("flash");
  // A restarted animation needs a frame without it.
  requestAnimationFrame(() => bubble.classList.add("flash"));
}

/** SIDs of messages that a step brought into the context. */
function sidsIn({ before, after, type }: StepWithContext): Set<string> {
  const found = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === "string") {
      if (/^(?:SM|MM|IM)[0-9a-f]{32}$/.test(value)) found.add(value);
    } else if (typeof value === "object" && value !== null) Object.values(value).forEach(collect);
  };
  for (const [name, value] of Object.entries(after.widgets)) {
    if (JSON.stringify(value) !== JSON.stringify(before.widgets[name])) collect(value);
  }
  if (type === "trigger") collect(after.trigger);
  return found;
}
