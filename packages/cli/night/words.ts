/** How the commands of the night write times, people and stretches of time. Pure. */
import { masked } from "../pull-request/preview.ts";
import { CliError } from "../errors.ts";

const day = 24 * 3600_000;

/** `14:02` of this machine's day, with the date before it when that is more than a day from `now`. */
export function clock(at: number, now = Date.now()): string {
  const date = new Date(at);
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  if (Math.abs(now - at) < day) return time;
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${time}`;
}

/** `14:02:09` */
export function clockWithSeconds(at: number): string {
  return `${clock(at, at)}:${two(new Date(at).getSeconds())}`;
}

const two = (value: number) => String(value).padStart(2, "0");

/** `12 min`, `3 h`, `2 days` */
export function ago(at: number, now: number): string {
  const minutes = Math.max(0, Math.round((now - at) / 60_000));
  if (minutes < 60) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 60 / 24)} days`;
}

/** A person's address by its last four digits. */
export function lastFour(address: string): string {
  const digits = address.replace(/\D/g, "");
  return digits.length < 4 ? "somebody" : `…${digits.slice(-4)}`;
}

/** A text of Twilio's or of a Function's, on one line, with numbers by their last four digits. */
export function plain(text: string, most = 300): string {
  const line = masked(text.replace(/\s+/g, " ").trim());
  return line.length > most ? `${line.slice(0, most)}…` : line;
}

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, min: 60_000, h: 3600_000, d: day };

/**
 * A stretch of time that was typed, in milliseconds: `30m`, `1h`, `2d`.
 *
 * @throws CliError `bad-value`
 */
export function stretch(option: string, value: string): number {
  const [, count = "", unit = ""] = /^(\d{1,5})(s|m|min|h|d)$/.exec(value) ?? [];
  const milliseconds = Number(count) * (units[unit] ?? 0);
  if (milliseconds > 0 && milliseconds <= 30 * day) return milliseconds;
  throw new CliError("bad-value", {
    option,
    value,
    problem: "write a number and its unit, up to 30 days: 30m, 1h, 2d",
  });
}

/** `one Execution`, `3 Executions` */
export function count(many: number, one: string, more = `${one}s`): string {
  return many === 1 ? `one ${one}` : `${many} ${more}`;
}
