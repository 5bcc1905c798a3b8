/** Phones side by side: those of the newest conversation by themselves, others by a click. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactNode, type Ref } from "react";
import { Icon } from "../design/icon.tsx";
import { current, useModel } from "../state/store.ts";
import { personAt, isWhatsApp } from "../state/people.ts";
import { usePeople } from "../state/use-people.ts";
import { AddPhone } from "./add-phone.tsx";
import { inFront, type InFront } from "./front.ts";
import { Handset } from "./handset.tsx";
import { keepShelf, readShelf, type Shelf } from "./shelf.ts";

/** How many phones appear by themselves. */
const most = 3;
const mostOthers = 200;

export function Phones({ pane }: { readonly pane: Ref<HTMLElement> }): ReactNode {
  const phones = useModel((model) => model.phones);
  const numbers = useModel((model) => model.numbers);
  const conversations = useModel((model) => model.conversations);
  const executions = useModel((model) => model.executions);
  const isKnown = useModel((model) => model.isKnown);
  const people = usePeople();
  const [shelf, setShelf] = useState<Shelf>(readShelf);
  const [isAdding, setAdding] = useState(false);
  useEffect(() => keepShelf(shelf), [shelf]);

  const known = useMemo(() => {
    const own = new Set(numbers.map(({ address }) => address));
    const all = [...shelf.added, ...Object.keys(phones), ...people.roles.keys()];
    return [...new Set(all)].filter((address) => !own.has(address));
  }, [phones, people, numbers, shelf.added]);
  const ordered = useMemo(
    () => inFront({ conversations, executions, phones }, people, known),
    [conversations, executions, phones, people, known],
  );
  const shown = shownPhones(shelf, ordered);
  // Somebody new needs a phone to begin with.
  const visible = shown.length === 0 && isKnown ? [firstCustomer(known)] : shown;
  const others = known.filter((address) => !visible.includes(address));
  const row = useKeptInSight(visible);
  const open = (address: string): void => {
    setAdding(false);
    setShelf(({ added, hidden }) => ({
      added: [...added.filter((one) => one !== address), address].slice(-most),
      hidden: without(hidden, address),
    }));
  };
  const putAway = (address: string): void => {
    const at = new Date(Date.now() + current().ahead).toISOString().replace(/\.\d+Z$/, "Z");
    setShelf(({ added, hidden }) => ({
      added: added.filter((one) => one !== address),
      hidden: { ...hidden, [address]: at },
    }));
  };
  return (
    <section className="phones" aria-label="Phones" ref={pane}>
      <div className="phones-head">
        <h2>Phones</h2>
        {others.length > 0 ? (
          <label className="other-phones">
            <span className="unseen">Show another phone</span>
            <select value="" onChange={(event) => open(event.target.value)}>
              <option value="">Show another ({others.length})…</option>
              {others.slice(0, mostOthers).map((address) => (
                <option key={address} value={address}>
                  {personAt(address, people)}
                  {isWhatsApp(address) ? " · WhatsApp" : ""}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        <div className="phone-adder">
          <button
            type="button"
            className="button small add-phone"
            aria-expanded={isAdding}
            onClick={() => setAdding(!isAdding)}
          >
            <Icon name="plus" />
            Add a phone
          </button>
          {isAdding ? (
            <AddPhone taken={known.concat(visible)} onAdd={open} onClose={() => setAdding(false)} />
          ) : null}
        </div>
      </div>
      <div className="phone-row" ref={row}>
        {visible.map((address) => (
          <Handset
            key={address}
            address={address}
            role={people.roles.get(address) ?? null}
            called={people.names.get(address) ?? null}
            onClose={() => putAway(address)}
          />
        ))}
      </div>
    </section>
  );
}

function without(hidden: Shelf["hidden"], address: string): Shelf["hidden"] {
  return Object.fromEntries(Object.entries(hidden).filter(([one]) => one !== address));
}

/** The newest conversation's phones first, then those that were asked for, then the ones that come after. */
function shownPhones({ added, hidden }: Shelf, ordered: readonly InFront[]): string[] {
  const free = ordered.filter(({ address, at }) => {
    const since = hidden[address];
    return since === undefined || at > since;
  });
  const front = free.filter(({ isNewest }) => isNewest).map(({ address }) => address);
  // On the others nothing has happened yet.
  const rest = free.filter(({ at }) => at !== "").map(({ address }) => address);
  const asked = [...new Set([...front, ...added])];
  return [...new Set([...asked, ...rest])].slice(0, Math.max(most, asked.length));
}

/** A phone that moves keeps the keyboard, and the row begins at its front again when another phone is there. */
function useKeptInSight(visible: readonly string[]): Ref<HTMLDivElement> {
  const row = useRef<HTMLDivElement>(null);
  const focused = useRef<Element | null>(null);
  const [front] = visible;
  const order = visible.join(" ");
  useEffect(() => {
    const { current: element } = row;
    if (element === null) return;
    const note = ({ target }: FocusEvent): void =>
      void (focused.current = target instanceof Element ? target : null);
    const forget = (): void => void (focused.current = null);
    element.addEventListener("focusin", note);
    document.addEventListener("pointerdown", forget, true);
    return () => {
      element.removeEventListener("focusin", note);
      document.removeEventListener("pointerdown", forget, true);
    };
  }, []);
  useLayoutEffect(() => {
    const { current: element } = focused;
    // An element that is moved in the document loses the keyboard.
    if (document.activeElement === document.body && element instanceof HTMLElement && element.isConnected) {
      element.focus({ preventScroll: true });
    }
  }, [order]);
  useLayoutEffect(() => {
    if (row.current !== null) row.current.scrollLeft = 0;
  }, [front]);
  return row;
}

function firstCustomer(taken: readonly string[]): string {
  return ["+15550100201", "+15550100202"].find((address) => !taken.includes(address)) ?? "+15550100203";
}
