/** Icons, drawn here: the page loads nothing from elsewhere. Decoration only; what they mean stands beside them in words. */
import type { ReactNode } from "react";

const paths = {
  brand:
    "M12 5.2v3m0 0c0 3-5 2.2-5 5.4M12 8.2c0 3 5 2.2 5 5.4M12 5.2a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM7 17.6a2 2 0 1 0 0-4 2 2 0 0 0 0 4Zm10 0a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
  live: "M4 6.5A2.5 2.5 0 0 1 6.5 4h7A2.5 2.5 0 0 1 16 6.5v4a2.5 2.5 0 0 1-2.5 2.5H9l-4 3v-3.3A2.5 2.5 0 0 1 4 10.5v-4ZM19 9v5.5a2.5 2.5 0 0 1-2 2.450V20l-3.5-3H11",
  path: "M6 8.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Zm12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM8.5 6H15a3 3 0 0 1 0 6H9a3 3 0 0 0 0 6h6.5",
  code: "m8 7-5 5 5 5m8-10 5 5-5 5M14 4l-4 16",
  calls: "M4 8h14m0 0-4-4m4 4-4 4M20 16H6m0 0 4-4m-4 4 4 4",
  stage: "m12 3 9 5-9 5-9-5 9-5Zm-9 9 9 5 9-5M3 16l9 5 9-5",
  tasks: "M4 5h10M4 12h7M4 19h10m2-8 2 2 4-4",
  light:
    "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm0-14v2m0 16v2M4.9 4.9l1.4 1.4m11.4 11.4 1.4 1.4M2 12h2m16 0h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4",
  dark: "M20 14.5A8 8 0 0 1 9.5 4a8 8 0 1 0 10.5 10.5Z",
  auto: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0 0V3",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v5l3.5 2",
  plus: "M12 5v14M5 12h14",
  send: "M5 12h14m0 0-6-6m6 6-6 6",
  attach: "m20 11-8.5 8.5a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4l7.8-7.8",
  close: "M6 6l12 12M18 6 6 18",
  check: "m5 12.5 4.5 4.5L19 7.5",
  checks: "m2 12.5 4.5 4.5L16 7.5M11 16l1 1 9.5-9.5",
  wait: "M6 3h12M6 21h12M7.5 3v3.5L12 12l4.5-5.5V3M7.5 21v-3.5L12 12l4.5 5.5V21",
  warn: "M12 4 2.5 20h19L12 4Zm0 6v4.5m0 2.8v.2",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Zm5-1.5L21 21",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  save: "M5 4h11l3 3v13H5zM8 4v5h7V4M8 20v-6h8v6",
  left: "m14 6-6 6 6 6",
  right: "m10 6 6 6-6 6",
  message: "M4 5h16v11H9l-5 4V5Z",
  ask: "M4 5h16v11H9l-5 4V5Zm6 3.6a2 2 0 1 1 2.6 2c-.4.2-.6.5-.6 1v.2m0 1.6v.1",
  logic: "M12 3v5m0 0L5 14v7m7-13 7 6v7",
  start: "M7 4v16l12-8L7 4Z",
  voice: "M6 3h4l2 5-2.5 2a12 12 0 0 0 4.5 4.5l2-2.5 5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2Z",
  people:
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-6 9a6 6 0 0 1 12 0m0-16a3.5 3.5 0 0 1 0 7m6 9a6 6 0 0 0-4-5.7",
  flow: "M4 4h6v6H4zM14 14h6v6h-6zM10 7h5a2 2 0 0 1 2 2v5",
  unknown: "M9 9a3 3 0 1 1 4 2.8c-.7.3-1 .9-1 1.7v.5m0 3v.1",
  more: "M5 12h.01M12 12h.01M19 12h.01",
} as const;

export type IconName = keyof typeof paths;

/** The icon of a kind of widget; `unknown` for one that is not known. */
export function iconOfKind(kind: string): IconName {
  return Object.hasOwn(paths, kind) ? (kind as IconName) : "unknown";
}

export function Icon({ name }: { readonly name: IconName }): ReactNode {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
