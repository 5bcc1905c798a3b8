/** A list of which only what is in sight is drawn: a thousand rows scroll as ten do. */
import { useEffect, useRef, useState, type ReactNode } from "react";

interface Properties<Item> {
  readonly label: string;
  readonly className: string;
  readonly items: readonly Item[];
  /** Of a row, in pixels. */
  readonly height: number;
  /** How many rows are in sight at most; absent, the list fills what its parent has. */
  readonly most?: number;
  /** A row that is kept in sight. */
  readonly at?: number;
  readonly keyOf: (item: Item) => string | number;
  readonly render: (item: Item, index: number) => ReactNode;
}

const beyond = 6;

export function VirtualList<Item>({
  label,
  className,
  items,
  height,
  most,
  at,
  keyOf,
  render,
}: Properties<Item>): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [room, setRoom] = useState((most ?? 20) * height);
  useEffect(() => {
    const { current } = box;
    if (current === null) return;
    const observer = new ResizeObserver(() => setRoom(current.clientHeight));
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const { current } = box;
    if (current === null || at === undefined || at < 0) return;
    if (at * height < current.scrollTop) current.scrollTop = at * height;
    const bottom = (at + 1) * height - current.clientHeight;
    if (bottom > current.scrollTop) current.scrollTop = bottom;
  }, [at, height, items.length]);
  const first = Math.max(0, Math.floor(top / height) - beyond);
  const last = Math.min(items.length, Math.ceil((top + room) / height) + beyond);
  const style = most === undefined ? undefined : { maxHeight: most * height };
  return (
    <div
      ref={box}
      className={`virtual ${className}`}
      style={style}
      tabIndex={0}
      role="group"
      aria-label={label}
      onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
    >
      <ol style={{ height: items.length * height }} start={first + 1}>
        {items.slice(first, last).map((item, offset) => {
          const index = first + offset;
          return (
            <li
              key={keyOf(item)}
              style={{ top: index * height, height }}
              aria-setsize={items.length}
              aria-posinset={index + 1}
            >
              {render(item, index)}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
