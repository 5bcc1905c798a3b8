/** Colours and icons. Text on what is behind it has a contrast of 4.5 or more, in both themes; a test holds it. */
import type { Mark } from "./highlight.ts";
import type { Kind } from "../widget.ts";

export type Theme = "light" | "dark";

export interface Palette {
  readonly page: string;
  readonly card: string;
  readonly border: string;
  readonly text: string;
  readonly muted: string;
  readonly edge: string;
  readonly quiet: string;
  readonly onAccent: string;
  readonly kinds: Readonly<Record<Kind, { readonly accent: string; readonly tint: string }>>;
  readonly marks: Readonly<Record<Mark, string>>;
}

export const palettes: Readonly<Record<Theme, Palette>> = {
  light: {
    page: "#ffffff",
    card: "#ffffff",
    border: "#c3cbd5",
    text: "#1b2430",
    muted: "#586474",
    edge: "#5b6777",
    quiet: "#9aa5b2",
    onAccent: "#ffffff",
    kinds: {
      start: { accent: "#1f2a3a", tint: "#e9edf2" },
      message: { accent: "#1d5fd1", tint: "#e8f0fd" },
      ask: { accent: "#7a3fd0", tint: "#f2eafd" },
      logic: { accent: "#93580a", tint: "#fdf2de" },
      code: { accent: "#0b7268", tint: "#e0f4f1" },
      voice: { accent: "#0a6a94", tint: "#e2f2f9" },
      people: { accent: "#b3225f", tint: "#fce8f0" },
      flow: { accent: "#4544b8", tint: "#ebebfb" },
      unknown: { accent: "#5b6472", tint: "#eef0f3" },
    },
    marks: {
      added: "#157a3a",
      removed: "#c02232",
      changed: "#a05a00",
      renamed: "#a05a00",
      moved: "#586474",
      hit: "#157a3a",
      missed: "#c02232",
      aside: "#586474",
    },
  },
  dark: {
    page: "#0d1117",
    card: "#171d26",
    border: "#3a4453",
    text: "#e8edf4",
    muted: "#a3afbd",
    edge: "#93a0b0",
    quiet: "#5d6a7b",
    onAccent: "#0d1117",
    kinds: {
      start: { accent: "#dbe3ee", tint: "#252e3a" },
      message: { accent: "#82b4ff", tint: "#1a2a45" },
      ask: { accent: "#c6a6ff", tint: "#2b2244" },
      logic: { accent: "#f0bd6b", tint: "#352a16" },
      code: { accent: "#62d3c4", tint: "#12302e" },
      voice: { accent: "#7ccdf2", tint: "#142e3c" },
      people: { accent: "#ff9cc4", tint: "#3d1d2c" },
      flow: { accent: "#adb0ff", tint: "#23244a" },
      unknown: { accent: "#b6c0cc", tint: "#28303b" },
    },
    marks: {
      added: "#56d17f",
      removed: "#ff8b8b",
      changed: "#f0bd6b",
      renamed: "#f0bd6b",
      moved: "#a3afbd",
      hit: "#56d17f",
      missed: "#ff8b8b",
      aside: "#a3afbd",
    },
  },
};

/** What a mark is called, on the widget and in the legend. */
export const markWords: Readonly<Record<Mark, string>> = {
  added: "new",
  removed: "gone",
  changed: "changed",
  renamed: "renamed",
  moved: "moved",
  hit: "reached",
  missed: "not reached",
  aside: "not on the way",
};

/** Icons of 16 by 16, as outlines of 1.7 pixels. */
export const icons: Readonly<Record<Kind, string>> = {
  start: "M5 3.2 L12.6 8 L5 12.8 Z",
  message: "M2.5 3.5 H13.5 V11 H7.5 L4.5 13.6 V11 H2.5 Z",
  ask: "M5.2 6 C5.2 2.2 10.8 2.2 10.8 6 C10.8 8.2 8 8 8 10.2 M8 12.9 V13",
  logic: "M8 14 V9 M8 9 C8 6 3.5 6.5 3.5 2.5 M8 9 C8 6 12.5 6.5 12.5 2.5",
  code: "M5.5 4 L1.8 8 L5.5 12 M10.5 4 L14.2 8 L10.5 12",
  voice: "M3 6 V10 M6.3 3 V13 M9.7 5 V11 M13 6.8 V9.2",
  people: "M8 8 A2.7 2.7 0 1 0 8 2.6 A2.7 2.7 0 1 0 8 8 M2.8 14 C2.8 9.4 13.2 9.4 13.2 14",
  flow: "M2.5 8 H13 M9 4 L13.2 8 L9 12",
  unknown: "M3 8 H3.2 M8 8 H8.2 M13 8 H13.2",
};
