/** Finding a widget by its name or by what it says. */
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import type { Widget } from "../api/shapes.ts";
import { Icon, iconOfKind } from "../design/icon.tsx";

const most = 8;

export function WidgetSearch({
  widgets,
  onFind,
}: {
  readonly widgets: readonly Widget[];
  readonly onFind: (name: string) => void;
}): ReactNode {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const found = useMemo(() => search(widgets, text), [widgets, text]);
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      const isTyping =
        event.target instanceof HTMLElement && /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      if (event.key !== "/" || isTyping) return;
      event.preventDefault();
      field.current?.focus();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  const choose = (name: string | undefined): void => {
    if (name === undefined) return;
    setText("");
    onFind(name);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown") setAt(Math.min(at + 1, found.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    else if (event.key === "Enter") choose(found[at]?.name);
    else if (event.key === "Escape") setText("");
    else return;
    event.preventDefault();
  };
  return (
    <div className="search">
      <Icon name="search" />
      <input
        ref={field}
        type="search"
        role="combobox"
        aria-label="Find a widget"
        aria-expanded={found.length > 0}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={found.length > 0 ? `${id}-${at}` : undefined}
        placeholder="Find a widget  /"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={id} role="listbox" aria-label="Widgets" hidden={found.length === 0}>
        {found.map(({ name, face }, index) => (
          <li
            key={name}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            onMouseDown={(event) => {
              event.preventDefault();
              choose(name);
            }}
          >
            <Icon name={iconOfKind(face.kind)} />
            <span>{name}</span>
          </li>
        ))}
      </ul>
      {text !== "" && found.length === 0 ? <p className="search-none">No widget is called so</p> : null}
    </div>
  );
}

function search(widgets: readonly Widget[], text: string): Widget[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return [];
  const byName = widgets.filter(({ name }) => name.toLowerCase().includes(wanted));
  const bySpeech = widgets.filter(
    (widget) => !byName.includes(widget) && widget.face.speech.toLowerCase().includes(wanted),
  );
  return [...byName, ...bySpeech].slice(0, most);
}
