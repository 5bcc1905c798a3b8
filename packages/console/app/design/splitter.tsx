/** The bar between two panes: dragged, or moved with the arrow keys. How a person likes it is kept in their browser. */
import {
  useEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  type RefObject,
} from "react";

/** How far a key moves it, in pixels; ten times as far with Shift. */
const stepPx = 16;

interface Properties {
  readonly label: string;
  /** `vertical`: a bar between a left and a right pane. */
  readonly orientation: "vertical" | "horizontal";
  /** The pane that gets the size. */
  readonly pane: RefObject<HTMLElement | null>;
  /** Where that pane is: before the bar or after it. */
  readonly side: "before" | "after";
  readonly min: number;
  readonly max: number;
  /** null puts it back to what the page thinks best. */
  readonly onSize: (size: number | null) => void;
}

export function Splitter({ label, orientation, pane, side, min, max, onSize }: Properties): ReactNode {
  const isVertical = orientation === "vertical";
  const [size, setSize] = useState(min);
  const drag = useRef<{ readonly from: number; readonly size: number } | null>(null);
  useEffect(() => {
    const { current } = pane;
    if (current === null) return;
    const observer = new ResizeObserver(() => setSize(measured(current)));
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  const measured = (element: HTMLElement): number =>
    Math.round(isVertical ? element.offsetWidth : element.offsetHeight);
  const place = ({ clientX, clientY }: PointerEvent): number => (isVertical ? clientX : clientY);
  const put = (wanted: number): void => onSize(Math.max(min, Math.min(max, Math.round(wanted))));
  const grows = side === "before" ? 1 : -1;
  const onKeyDown = (event: KeyboardEvent): void => {
    const [less, more] = isVertical ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
    const by = (event.shiftKey ? 10 : 1) * stepPx * grows;
    if (event.key === more) put(size + by);
    else if (event.key === less) put(size - by);
    else if (event.key === "Home") put(min);
    else if (event.key === "End") put(max);
    else if (event.key === "Enter") onSize(null);
    else return;
    event.preventDefault();
  };
  return (
    <div
      className={`splitter ${orientation}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={Math.max(min, Math.min(max, size))}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuetext={`${size} pixels`}
      title="Drag, or use the arrow keys; Enter or a double click puts it back"
      onKeyDown={onKeyDown}
      onDoubleClick={() => onSize(null)}
      onPointerDown={(event) => {
        drag.current = { from: place(event), size };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (drag.current !== null) put(drag.current.size + (place(event) - drag.current.from) * grows);
      }}
      onPointerUp={() => (drag.current = null)}
      onPointerCancel={() => (drag.current = null)}
    />
  );
}

/** A pane's size as the person set it; null: as the page has it. */
export function useKeptSize(pane: string): [number | null, (size: number | null) => void] {
  const key = `console.pane.${pane}`;
  const [size, setSize] = useState(() => {
    const kept = Number(window.localStorage.getItem(key) ?? Number.NaN);
    return Number.isFinite(kept) && kept > 0 ? kept : null;
  });
  return [
    size,
    (wanted) => {
      setSize(wanted);
      if (wanted === null) window.localStorage.removeItem(key);
      else window.localStorage.setItem(key, String(wanted));
    },
  ];
}
