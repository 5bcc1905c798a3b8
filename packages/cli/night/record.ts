/**
 * What Twilio recorded of a stage in a stretch of time, over REST: Executions, the Debugger's alerts, what Functions logged,
 * what was published. One call for each list of up to a thousand; what a key may not read is left out, and said.
 */
import { flowRevisions } from "../twilio/flow-revisions.ts";
import { TwilioRefusal } from "../twilio/refusal.ts";
import type { NightStage } from "./night-stage.ts";

export interface Ran {
  readonly sid: string;
  readonly flowSid: string;
  readonly line: string;
  /** Milliseconds since 1970, as all times here. */
  readonly at: number;
  readonly isActive: boolean;
  /** A Conversation (CH…), or the address of whoever wrote or called. */
  readonly contact: string;
}

export interface Alerted {
  readonly sid: string;
  readonly at: number;
  readonly code: string;
  readonly text: string;
  readonly resourceSid: string;
  readonly serviceSid: string;
  readonly requestUrl: string;
}

export interface Logged {
  readonly sid: string;
  readonly at: number;
  readonly level: string;
  readonly message: string;
  readonly functionSid: string;
}

/** Something that was published: a Flow's revision, or a Build. */
export interface Published {
  readonly at: number;
  /** Of a Flow's revision; null for a Build. */
  readonly line: string | null;
  readonly revision: number | null;
  readonly buildSid: string | null;
  /** Names of Variables, where they are what was published. */
  readonly variables?: readonly string[];
  /** What was said of it; empty for a Build. */
  readonly message: string;
  /** Commit of the stage's deployment that it belongs to; null when it is of none that is remembered. */
  readonly commit: string | null;
  /** Whether a deployment of the stage made it, as far as the stage remembers. */
  readonly isDeployed: boolean;
}

export interface Recorded {
  readonly from: number;
  readonly to: number;
  /** Oldest first, as all lists here. */
  readonly executions: readonly Ran[];
  readonly alerts: readonly Alerted[];
  readonly logs: readonly Logged[];
  readonly published: readonly Published[];
  /** What the key may not read, and what was too much, in words. */
  readonly gaps: readonly string[];
}

/** What is read; all of it unless said otherwise. */
export interface Wanted {
  readonly logs?: boolean;
  readonly published?: boolean;
}

/** As many of each as are read. */
const most = 5000;
const page = 1000;
/** As many revisions and Deployments as are looked through for those of the time. */
const mostPublished = 50;

/**
 * Reads what is recorded between two times.
 *
 * @throws TwilioRefusal when not even Executions may be read
 */
export async function readRecord(
  night: NightStage,
  from: number,
  to: number,
  { logs: withLogs = true, published: withPublished = true }: Wanted = {},
): Promise<Recorded> {
  const gaps: string[] = [];
  const [executions, alerts, logs, published] = await Promise.all([
    Promise.all(night.lines.map((line) => executionsOf(night, line, from, to))),
    allowed(gaps, "the Debugger's alerts", () => alertsOf(night, from, to)),
    withLogs ? allowed(gaps, "what Functions logged", () => logsOf(night, from, to)) : [],
    withPublished ? allowed(gaps, "what was published", () => publishedOf(night, to)) : [],
  ]);
  const read = { executions: executions.flat(), alerts, logs, published };
  for (const [what, list] of Object.entries(read)) {
    if (list.length >= most) gaps.push(`only the newest ${most} ${what} were read`);
  }
  return {
    from,
    to,
    executions: inOrder(read.executions),
    alerts: inOrder(alerts),
    logs: inOrder(logs),
    published: inOrder(published),
    gaps,
  };
}

/** A list, or none with a note where the key may not read it. */
export async function allowed<Item>(
  gaps: string[],
  what: string,
  read: () => Promise<readonly Item[]>,
): Promise<readonly Item[]> {
  try {
    return await read();
  } catch (error) {
    // A restricted key is refused with either, a product that it has no permission for.
    if (!(error instanceof TwilioRefusal) || (error.status !== 401 && error.status !== 403)) throw error;
    gaps.push(`${what} may not be read by this key`);
    return [];
  }
}

async function executionsOf(
  { client }: NightStage,
  { name, flowSid }: NightStage["lines"][number],
  from: number,
  to: number,
): Promise<Ran[]> {
  const found = await client.studio.v2.flows(flowSid).executions.list({
    dateCreatedFrom: new Date(from),
    dateCreatedTo: new Date(to),
    limit: most,
    pageSize: page,
  });
  return found.map(({ sid, dateCreated, status, contactChannelAddress }) => ({
    sid,
    flowSid,
    line: name,
    at: dateCreated.getTime(),
    isActive: status === "active",
    contact: contactChannelAddress ?? "",
  }));
}

/** Alerts are of the whole account; those that name another's Flow or Service are left out. */
async function alertsOf(
  { client, lines, functions }: NightStage,
  from: number,
  to: number,
): Promise<Alerted[]> {
  const found = await client.monitor.v1.alerts.list({
    startDate: new Date(from),
    endDate: new Date(to),
    limit: most,
    pageSize: page,
  });
  const flows = new Set(lines.map(({ flowSid }) => flowSid));
  return found
    .map(({ sid, dateGenerated, errorCode, alertText, resourceSid, serviceSid, requestUrl }) => ({
      sid,
      at: dateGenerated.getTime(),
      code: errorCode,
      text: alertText ?? "",
      resourceSid: resourceSid ?? "",
      serviceSid: serviceSid ?? "",
      requestUrl: requestUrl ?? "",
    }))
    .filter(({ serviceSid }) => {
      if (serviceSid.startsWith("FW")) return flows.has(serviceSid);
      return !serviceSid.startsWith("ZS") || functions.some((each) => each.serviceSid === serviceSid);
    });
}

async function logsOf({ client, functions }: NightStage, from: number, to: number): Promise<Logged[]> {
  const found = await Promise.all(
    functions.map(({ serviceSid, environmentSid }) =>
      client.serverless.v1
        .services(serviceSid)
        .environments(environmentSid)
        .logs.list({ startDate: new Date(from), endDate: new Date(to), limit: most, pageSize: page }),
    ),
  );
  return found.flat().map(({ sid, dateCreated, level, message, functionSid }) => ({
    sid,
    at: dateCreated.getTime(),
    level,
    message,
    functionSid,
  }));
}

async function publishedOf(night: NightStage, to: number): Promise<Published[]> {
  const { client, lines, functions, deployments } = night;
  const revisions = lines.map(async ({ name, flowSid }) => {
    const found = await flowRevisions(client, flowSid, mostPublished);
    return found
      .filter(({ isPublished }) => isPublished)
      .map(({ revision, at, commitMessage }): Published => {
        const deployment = deployments.find(({ revisions }) => revisions[name] === revision);
        return {
          at,
          line: name,
          revision,
          buildSid: null,
          message: commitMessage,
          commit: deployment?.commit ?? null,
          isDeployed: deployment !== undefined,
        };
      });
  });
  const builds = functions.map(async ({ serviceSid, environmentSid }): Promise<Published[]> => {
    const found = await client.serverless.v1
      .services(serviceSid)
      .environments(environmentSid)
      .deployments.list({ limit: mostPublished });
    return found.map(({ buildSid, dateCreated }) => {
      const deployment = deployments.find((each) => each.buildSids.includes(buildSid));
      return {
        at: dateCreated.getTime(),
        line: null,
        revision: null,
        buildSid,
        message: "",
        commit: deployment?.commit ?? null,
        isDeployed: deployment !== undefined,
      };
    });
  });
  // Twilio keeps no history of Variables: the stage's own is asked.
  const variables = deployments.flatMap(({ at, commit, variables: changed = [] }): Published[] =>
    changed.length === 0
      ? []
      : [
          {
            at,
            line: null,
            revision: null,
            buildSid: null,
            variables: changed,
            message: "",
            commit,
            isDeployed: true,
          },
        ],
  );
  const all = [...(await Promise.all([...revisions, ...builds])), variables];
  return all.flat().filter(({ at }) => at <= to);
}

function inOrder<Item extends { readonly at: number }>(items: readonly Item[]): Item[] {
  return items.toSorted((one, other) => one.at - other.at);
}
