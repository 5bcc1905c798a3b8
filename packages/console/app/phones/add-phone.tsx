/** One more phone: the next free fictional number, or one that is typed. */
import { useState, type ReactNode } from "react";
import { shownAddress } from "../state/people.ts";

interface Properties {
  readonly taken: readonly string[];
  readonly onAdd: (address: string) => void;
  readonly onClose: () => void;
}

const kinds = [
  ["Customer, SMS", "", 201],
  ["Customer, WhatsApp", "whatsapp:", 301],
  ["Agent, SMS", "", 101],
  ["Agent, WhatsApp", "whatsapp:", 151],
] as const;

export function AddPhone({ taken, onAdd, onClose }: Properties): ReactNode {
  const [typed, setTyped] = useState("");
  const isNumber = /^(?:whatsapp:)?\+[1-9]\d{6,14}$/.test(typed.trim());
  return (
    <form
      className="popover"
      onKeyDown={({ key }) => key === "Escape" && onClose()}
      onSubmit={(event) => {
        event.preventDefault();
        if (isNumber) onAdd(typed.trim());
      }}
    >
      {kinds.map(([name, channel, from], at) => {
        const address = nextFree(channel, from, taken);
        return (
          <button
            key={name}
            type="button"
            className="choice"
            autoFocus={at === 0}
            onClick={() => onAdd(address)}
          >
            <b>{name}</b>
            <span className="mono quiet">{shownAddress(address)}</span>
          </button>
        );
      })}
      <label className="field">
        <span>Another number</span>
        <input
          value={typed}
          placeholder="+15550100250"
          inputMode="tel"
          aria-invalid={typed !== "" && !isNumber}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      {typed !== "" && !isNumber ? (
        <p className="hint">A number is E.164, +15550100250, with whatsapp: in front for WhatsApp.</p>
      ) : null}
    </form>
  );
}

/** Numbers that are nobody's: +1 555 010 0000 to 0999 here. */
function nextFree(channel: string, from: number, taken: readonly string[]): string {
  for (let number = from; ; number++) {
    const address = `${channel}+1555010${String(number).padStart(4, "0")}`;
    if (!taken.includes(address)) return address;
  }
}
