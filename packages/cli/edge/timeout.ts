import { CliError } from "../errors.ts";

const usualSeconds = 30;
const mostSeconds = 600;

/**
 * Milliseconds that whoever is asked has for an answer: `SUPPORT_LINE_TIMEOUT` in seconds, else 30, as Twilio's own client.
 *
 * @throws CliError `bad-value`
 */
export function answerMs(given: string | undefined = process.env["SUPPORT_LINE_TIMEOUT"]): number {
  if (given === undefined || given === "") return usualSeconds * 1000;
  const seconds = Number(given);
  if (seconds > 0 && seconds <= mostSeconds) return Math.ceil(seconds * 1000);
  throw new CliError("bad-value", {
    option: "SUPPORT_LINE_TIMEOUT",
    value: given,
    problem: `is not a number of seconds up to ${mostSeconds}`,
  });
}
