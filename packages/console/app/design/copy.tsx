/** A button that copies, and says that it has. */
import { useState, type ReactNode } from "react";
import { Icon } from "./icon.tsx";

export function CopyButton({
  text,
  label,
}: {
  readonly text: () => string;
  readonly label: string;
}): ReactNode {
  const [isDone, setDone] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text());
    setDone(true);
    setTimeout(() => setDone(false), 1500);
  };
  return (
    <button type="button" className="button small" onClick={() => void copy()}>
      <Icon name={isDone ? "check" : "copy"} />
      <span aria-live="polite">{isDone ? "Copied" : label}</span>
    </button>
  );
}
