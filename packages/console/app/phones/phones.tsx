/** All phones side by side; the ones that matter now by themselves, others by a click. */
import { useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { Icon } from "../design/icon.tsx";
import { rolesOf, personAt, isWhatsApp, type Role } from "../state/people.ts";
import { useModel } from "../state/store.ts";
import { AddPhone } from "./add-phone.tsx";
import { Handset } from "./handset.tsx";
import { keepShelf, readShelf, type Shelf } from "./shelf.ts";

/** How many phones appear by themselves. */
const most = 4;

export function Phones(): ReactNode {
  const phones = useModel((model) => model.phones);
  const numbers = useModel((model) => model.numbers);
  const conversations = useModel((model) => model.conversations);
  const isKnown = useModel((model) => model.isKnown);
  const roles = useMemo(() => rolesOf({ conversations }), [conversations]);
  const [shelf, setShelf] = useState<Shelf>(readShelf);
  const [isAdding, setAdding] = useState(false);
  useEffect(() => keepShelf(shelf), [shelf]);

  const known = useMemo(() => {
    const joined = [...roles.keys()].filter((address) => phones[address] === undefined);
    const own = new Set(numbers.map(({ address }) => address));
    return [...Object.keys(phones), ...joined].filter((address) => !own.has(address));
  }, [phones, roles, numbers]);
  const before = useRef<readonly string[]>([]);
  const shown = shownPhones(
    shelf,
    known,
    before.current,
    (address) => phones[address]?.messages.at(-1)?.at ?? "",
    roles,
  );
  useEffect(() => {
    before.current = shown;
  });
  // Somebody new needs a phone to begin with.
  const visible = shown.length === 0 && isKnown ? [firstCustomer(known)] : shown;
  const others = known.filter((address) => !visible.includes(address));
  const open = (address: string): void => {
    setAdding(false);
    setShelf((now) => ({
      added: [...now.added.filter((one) => one !== address), address],
      hidden: now.hidden.filter((one) => one !== address),
    }));
  };
  return (
    <section className="phones" aria-label="Phones">
      <div className="phone-row">
        {visible.map((address) => (
          <Handset
            key={address}
            address={address}
            role={roles.get(address) ?? null}
            onClose={() =>
              setShelf((now) => ({
                added: now.added.filter((one) => one !== address),
                hidden: [...now.hidden, address],
              }))
            }
          />
        ))}
        <div className="phone-adder">
          <button
            type="button"
            className="button add-phone"
            title="Add a phone"
            aria-expanded={isAdding}
            onClick={() => setAdding(!isAdding)}
          >
            <Icon name="plus" />
            <span className="unseen">Add a phone</span>
          </button>
          {isAdding ? (
            <AddPhone taken={known.concat(visible)} onAdd={open} onClose={() => setAdding(false)} />
          ) : null}
          {others.length > 0 ? (
            <label className="other-phones">
              <span className="unseen">Show another phone</span>
              <select value="" onChange={(event) => open(event.target.value)}>
                <option value="">{others.length} more…</option>
                {others.slice(0, 200).map((address) => (
                  <option key={address} value={address}>
                    {personAt(address, roles)}
                    {isWhatsApp(address) ? " · WhatsApp" : ""}
                  </option>
                ))}
              </select>
            </label>
          ) : null}
        </div>
      </div>
    </section>
  );
}

/** The phones that were asked for, and of the others those that something happened on last: customers before agents. */
function shownPhones(
  { added, hidden }: Shelf,
  known: readonly string[],
  before: readonly string[],
  lastAt: (address: string) => string,
  roles: ReadonlyMap<string, Role>,
): string[] {
  // A phone that is there stays where it is, however busy others are.
  const stays = (address: string): number => (before.includes(address) ? 0 : 1);
  const byTime = known
    .filter((address) => !hidden.includes(address) && !added.includes(address))
    .toSorted((one, other) => stays(one) - stays(other) || (lastAt(one) < lastAt(other) ? 1 : -1));
  const free = Math.max(0, most - added.length);
  // Who is in a Conversation and has nothing to read yet comes after those who have.
  const chosen = [...added.filter((address) => !hidden.includes(address)), ...byTime.slice(0, free)];
  const rank = (address: string): number => (roles.get(address) === "agent" ? 1 : 0);
  return chosen.toSorted((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1));
}

function firstCustomer(taken: readonly string[]): string {
  return ["+15550100201", "+15550100202"].find((address) => !taken.includes(address)) ?? "+15550100203";
}
