/** One thing that the doctor has looked at. */
export interface Check {
  /** `unknown`: it could not be looked at. */
  readonly is: "fine" | "wrong" | "unknown";
  /** `node`, `credentials`, … */
  readonly what: string;
  readonly text: string;
  /** What to do about it, where there is something to do. */
  readonly remedy: string | null;
}

export const fine = (what: string, text: string): Check => ({ is: "fine", what, text, remedy: null });
export const wrong = (what: string, text: string, remedy: string): Check => ({
  is: "wrong",
  what,
  text,
  remedy,
});
export const unknown = (what: string, text: string, remedy: string): Check => ({
  is: "unknown",
  what,
  text,
  remedy,
});
