/** ISO 8601 durations, as timers take them (`PT10M`, `P1DT12H`). */

const pattern =
  /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const second = 1000;
const day = 86_400 * second;
/** Years count 365 days and months 30: Twilio does not say. */
const units = [365 * day, 30 * day, 7 * day, day, 3600 * second, 60 * second, second];

/** Milliseconds of a duration; null when the text is none. */
export function parseDuration(text: string): number | null {
  const parts = pattern.exec(text)?.slice(1);
  if (!parts || text.endsWith("T") || parts.every((part) => part === undefined)) return null;
  return parts.reduce((sum, part, index) => sum + Number(part ?? 0) * (units[index] ?? 0), 0);
}
