/**
 * What the Functions of a stage read: how much of the stage goes into Variables, and under which names. Functions read it with
 * the same version of the format that is named here.
 */
import { agentEntry, calledEntry, queueKey } from "@support-line/functions/variables-v1/desk";
import { hoursList } from "@support-line/functions/variables-v1/hours";
import { lineKey, spreadList } from "@support-line/functions/variables-v1/lists";
import type { Line, Stage } from "./stage.ts";
import { StageError } from "./errors.ts";

/** Version of the format that a stage's Variables have: that of the modules above which write them. */
export const variablesVersion = 1;

/** An Environment's context, Variables and all, may be 3 kB of JSON (https://www.twilio.com/docs/api/errors/82006). */
const maxEnvironment = 3 * 1024;
/** What Twilio puts beside the Variables: account, domain, path; and, for each line, the SID of its Flow. */
const reserved = 512;
const reservedForLine = 80;

/**
 * What the stage tells its Functions: agents, proxies, queues and hours of each line, languages and timers, and the Variables of the project's own Functions. A changed
 * number changes one of these, and nothing else of the stack.
 *
 * @throws StageError when two lines would need one Variable, or all need more room than Twilio gives
 */
export function stageVariables(stage: Stage): Record<string, string> {
  const lists = [
    ...stage.lines.flatMap(listsOf),
    ...(stage.languages.length === 0 ? [] : [{ key: "LANGUAGES", values: stage.languages.map(calledEntry) }]),
  ];
  const variables: Record<string, string> = {
    // Why on each Conversation: docs/decisions/timers-on-each-conversation.md.
    INACTIVE_AFTER: stage.timers.inactive,
    CLOSED_AFTER: stage.timers.closed,
    ...(stage.briefingTemplate === null ? {} : { BRIEFING_CONTENT_SID: stage.briefingTemplate }),
  };
  for (const { key, values } of lists) {
    for (const [each, value] of Object.entries(spreadList(key, values))) {
      if (variables[each] !== undefined) throw collision(stage, each);
      variables[each] = value;
    }
  }
  for (const [key, value] of Object.entries({ ...stage.variables, ...stage.secrets })) {
    if (variables[key] !== undefined || ofProgram.test(key)) throw taken(stage, key);
    if (key in stage.variables && key in stage.secrets) throw taken(stage, key);
    variables[key] = value;
  }
  const size = Buffer.byteLength(JSON.stringify(variables)) + reserved + reservedForLine * stage.lines.length;
  if (size > maxEnvironment) {
    const problem = `with their proxies need ${size} bytes of Variables, and Twilio gives an Environment ${maxEnvironment}; put some lines into a stage of their own`;
    throw new StageError(stage, [{ key: "lines", value: undefined, problem }]);
  }
  return variables;
}

function listsOf({ name, agents, proxies, queues, hours }: Line): { key: string; values: string[] }[] {
  return [
    ...(agents.length === 0 && queues.length === 0
      ? []
      : [
          { key: lineKey(name, "AGENTS"), values: agents.map(agentEntry) },
          { key: lineKey(name, "PROXIES"), values: [...proxies] },
        ]),
    ...(queues.length === 0 ? [] : [{ key: lineKey(name, "QUEUES"), values: queues.map(calledEntry) }]),
    ...queues.map((queue) => ({ key: queueKey(name, queue.name), values: queue.agents.map(agentEntry) })),
    ...(hours === null ? [] : [{ key: lineKey(name, "HOURS"), values: hoursList(hours) }]),
  ];
}

/** The Variables that a deployment adds once it knows what they are, with these in their place. */
export function variablesOfDeployment(
  { lines }: Stage,
  {
    conversationsServiceSid,
    flowSid,
  }: { readonly conversationsServiceSid: string; readonly flowSid: string },
): Record<string, string> {
  return {
    CONVERSATIONS_SERVICE_SID: conversationsServiceSid,
    ...Object.fromEntries(lines.map(({ name }) => [lineKey(name, "FLOW_SID"), flowSid])),
  };
}

/** Keys that the program sets once it knows what they are, and those that Twilio has for itself. */
const ofProgram =
  /^(CONVERSATIONS_SERVICE_SID|SYNC_SERVICE_SID|FLEX_\w+|\w+_FLOW_SID|ACCOUNT_SID|AUTH_TOKEN|DOMAIN_NAME|PATH|SERVICE_SID|ENVIRONMENT_SID)$/;

function taken(stage: Stage, key: string): StageError {
  const of = key in stage.variables ? "variables" : "secrets";
  const problem =
    "is a Variable that the stage, or Twilio, sets itself, or it stands twice; choose another name";
  return new StageError(stage, [{ key: `${of}.${key}`, value: undefined, problem }]);
}

function collision(stage: Stage, key: string): StageError {
  const problem = `have names of which two make the Variable ${key}; give one line or queue another name`;
  return new StageError(stage, [{ key: "lines", value: undefined, problem }]);
}

/** Every Twilio number and sender of a stage, once: what its account must have. */
export function twilioAddresses(stage: Stage): string[] {
  return [...new Set(stage.lines.flatMap(({ address, proxies }) => [address, ...proxies]))];
}
