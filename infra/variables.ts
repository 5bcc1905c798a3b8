/** What the Functions of a stage read: how much of the stage goes into Variables, and under which names. */
import { readFileSync } from "node:fs";
import { lineKey, spreadList } from "../functions/shared/lists.ts";
import type { Stage } from "./config.ts";
import { StageError } from "./errors.ts";

/** An Environment's context, Variables and all, may be 3 kB of JSON (https://www.twilio.com/docs/api/errors/82006). */
const maxEnvironment = 3 * 1024;
/** What Twilio puts beside the Variables: account, domain, path; and, for each line, the SID of its Flow. */
const reserved = 512;
const reservedForLine = 80;

/** Agents and proxies of each line. A changed number changes one of these, and nothing else of the stack. */
export function lineVariables(stage: Stage): Record<string, string> {
  const variables = Object.assign(
    {},
    ...stage.lines.flatMap(({ name, agents, proxies }) => [
      spreadList(
        lineKey(name, "AGENTS"),
        agents.map(({ address }) => address),
      ),
      spreadList(lineKey(name, "PROXIES"), proxies),
    ]),
  ) as Record<string, string>;
  const size = Buffer.byteLength(JSON.stringify(variables)) + reserved + reservedForLine * stage.lines.length;
  if (size > maxEnvironment) {
    const problem = `with their proxies need ${size} bytes of Variables, and Twilio gives an Environment ${maxEnvironment}; put some lines into a stage of their own`;
    throw new StageError(stage.name, [{ key: "lines", value: undefined, problem }]);
  }
  return variables;
}

/**
 * When a Conversation becomes inactive, and when it is closed and its numbers become free again, as ISO 8601
 * durations. Why on each Conversation: docs/decisions/timers-on-each-conversation.md.
 */
export const timerVariables = { INACTIVE_AFTER: "PT4H", CLOSED_AFTER: "P1D" };

/** Every Twilio number and sender of a stage, once: what its account must have. */
export function twilioAddresses(stage: Stage): string[] {
  return [...new Set(stage.lines.flatMap(({ address, proxies }) => [address, ...proxies]))];
}

/** What the Build installs: the same `twilio` that the project is tested with. */
export function buildDependencies(): Record<string, string> {
  const file = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  const { dependencies } = JSON.parse(file) as { dependencies: Record<string, string> };
  return { twilio: dependencies.twilio ?? "", "@twilio/runtime-handler": "2.1.0" };
}
