/** What Twilio's Debugger has of the last hour (https://www.twilio.com/docs/usage/monitor-alert), counted. */
import type { Twilio } from "twilio";

export interface ErrorCount {
  readonly code: string;
  /** A Function by its path, a widget by its name, or the SID of what the alert is about. */
  readonly where: string;
  readonly count: number;
  /** When it came last, as ISO 8601. */
  readonly last: string;
}

const hour = 3600_000;
const most = 1000;
/** So many are looked into for their widgets. */
const mostExecutions = 20;

/** Errors and warnings of the last hour by code and place, the most frequent first. */
export async function recentErrors(client: Twilio, now: number): Promise<ErrorCount[]> {
  const startDate = new Date(now - hour);
  const alerts = await client.monitor.v1.alerts.list({ startDate, limit: most });
  const widgets = await widgetsOf(client, alerts);
  const counts = new Map<string, ErrorCount>();
  for (const { errorCode: code, requestUrl, resourceSid, dateGenerated } of alerts) {
    const where = functionIn(requestUrl) ?? widgets.get(resourceSid) ?? (resourceSid || "the account");
    const key = `${code} ${where}`;
    const before = counts.get(key);
    const at = dateGenerated.toISOString();
    const last = before === undefined || before.last < at ? at : before.last;
    counts.set(key, { code, where, count: (before?.count ?? 0) + 1, last });
  }
  return [...counts.values()].sort((one, other) => other.count - one.count);
}

/** A Function by its path. */
function functionIn(requestUrl: string | null): string | undefined {
  const path = /^https?:\/\/[^/]+\.twil\.io(\/[^?#]*)/.exec(requestUrl ?? "")?.[1];
  return path === undefined ? undefined : `Function ${path}`;
}

/** Of the Executions that alerts are about, the widget that failed last. */
async function widgetsOf(
  client: Twilio,
  alerts: readonly { readonly resourceSid: string; readonly serviceSid: string }[],
): Promise<ReadonlyMap<string, string>> {
  const executions = new Map(
    alerts.flatMap(({ resourceSid, serviceSid }) =>
      resourceSid?.startsWith("FN") && serviceSid?.startsWith("FW") ? [[resourceSid, serviceSid]] : [],
    ),
  );
  const found = await Promise.all(
    [...executions].slice(0, mostExecutions).map(async ([sid, flowSid]) => {
      const steps = await client.studio.v2.flows(flowSid).executions(sid).steps.list({ limit: most });
      const failed = steps
        .filter(({ name }) => /fail/i.test(name))
        .sort((one, other) => other.dateCreated.getTime() - one.dateCreated.getTime())[0];
      return failed === undefined ? [] : [[sid, `widget ${failed.transitionedFrom}`] as const];
    }),
  );
  return new Map(found.flat());
}
