/** One phone: its threads, one for each number it talks with, and what is typed on it. */
import { useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { Icon } from "../design/icon.tsx";
import { isWhatsApp, lastFour, shownAddress, type Role } from "../state/people.ts";
import { useModel } from "../state/store.ts";
import type { PhoneMessage } from "../state/model.ts";
import type { Own } from "../api/shapes.ts";
import { Bubble } from "./bubble.tsx";
import { Call, CallButton, useCall } from "./call.tsx";
import { Composer } from "./composer.tsx";
import { useHints } from "./use-hints.ts";

interface Properties {
  readonly address: string;
  readonly role: Role | null;
  /** What the stage calls them; null for whom it does not know. */
  readonly called: string | null;
  readonly onClose: () => void;
}

const noMessages: readonly PhoneMessage[] = [];

export function Handset({ address, role, called, onClose }: Properties): ReactNode {
  const messages = useModel((model) => model.phones[address]?.messages ?? noMessages);
  const numbers = useModel((model) => model.numbers);
  const threads = useMemo(() => threadsOf(messages), [messages]);
  const choices = useMemo(() => reachable(address, numbers, threads), [address, numbers, threads]);
  const [picked, setPicked] = useState<string | null>(null);
  const newest = messages.at(-1)?.other;
  // A new message brings its thread to the front; whoever picks another stays there until the next one comes.
  useEffect(() => setPicked(null), [messages.length]);
  const thread = picked ?? newest ?? choices[0] ?? "";
  const shown = useMemo(() => messages.filter(({ other }) => other === thread), [messages, thread]);
  const hints = useHints(messages.length === 0 && role !== "agent");
  const call = useCall(address);
  const part = role === "agent" ? "Agent" : role === "customer" ? "Customer" : guess(address);
  const name = called ?? part;
  // What tells this phone's buttons from those of another one's.
  const whose = called ?? `${part} ${lastFour(address)}`;
  const channel = isWhatsApp(address) ? "WhatsApp" : "SMS";
  return (
    <article
      className={`handset ${isWhatsApp(address) ? "whatsapp" : "sms"}`}
      aria-label={[name, ...(called === null ? [] : [part]), channel, address].join(", ")}
    >
      <header className="handset-head">
        <span className={`avatar ${part === "Agent" ? "agent" : ""}`} aria-hidden="true">
          {name.slice(0, 1).toUpperCase()}
        </span>
        <div className="who">
          <p>
            <b>{name}</b>
            <span className="channel">{channel}</span>
          </p>
          <span className="mono">{shownAddress(address)}</span>
        </div>
        {isWhatsApp(address) || thread === "" || call !== null ? null : (
          <CallButton from={address} to={thread} whose={whose} />
        )}
        <button
          type="button"
          className="icon-button"
          aria-label={`Put away the phone of ${whose}`}
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </header>
      {choices.length > 0 ? (
        <label className="thread">
          <span>with</span>
          <span className="unseen">, the number that {whose} writes to</span>
          <select value={thread} onChange={(event) => setPicked(event.target.value)}>
            {choices.map((number) => (
              <option key={number} value={number}>
                {shownAddress(number)}
                {nameOf(number, numbers)}
                {threads.includes(number) ? "" : " · new"}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      {call === null ? null : <Call key={call.sid} call={call} whose={whose} />}
      <Thread messages={shown} whose={whose} />
      <Composer whose={whose} from={address} to={thread} hints={hints} canWrite={choices.length > 0} />
    </article>
  );
}

function guess(address: string): string {
  return /\+1555010(01[0-9]{2})$/.test(address) ? "Agent" : "Customer";
}

function nameOf(number: string, numbers: readonly Own[]): string {
  const name = numbers.find(({ address }) => address === number)?.name ?? "";
  const digits = name.replace(/\D/g, "");
  // A number that has no name of its own is called by itself, with or without its country.
  return name === "" || (digits.length > 6 && number.replace(/\D/g, "").endsWith(digits)) ? "" : ` · ${name}`;
}

/** The numbers a phone talks with, the newest first. */
function threadsOf(messages: readonly PhoneMessage[]): string[] {
  return [...new Set(messages.map(({ other }) => other).reverse())];
}

/** Whom a phone can write to: threads first, then the account's numbers of its channel, those that answer first. */
function reachable(address: string, numbers: readonly Own[], threads: readonly string[]): string[] {
  const rank = (own: Own): number => (own.opensConversations ? 0 : own.webhook === null ? 2 : 1);
  const fitting = numbers
    .filter((own) => isWhatsApp(own.address) === isWhatsApp(address))
    .toSorted((one, other) => rank(one) - rank(other))
    .map((own) => own.address);
  return [...threads, ...fitting.filter((one) => !threads.includes(one))];
}

function Thread({
  messages,
  whose,
}: {
  readonly messages: readonly PhoneMessage[];
  readonly whose: string;
}): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const last = messages.at(-1)?.sid;
  useEffect(() => {
    const { current } = box;
    if (current !== null) current.scrollTop = current.scrollHeight;
  }, [last, messages.length]);
  return (
    <div
      className="messages"
      ref={box}
      role="log"
      aria-label={`Messages on the phone of ${whose}`}
      tabIndex={0}
    >
      {messages.length === 0 ? <p className="no-messages">Nothing here yet</p> : null}
      {messages.map((message) => (
        <Bubble key={message.sid} message={message} whose={whose} />
      ))}
    </div>
  );
}
