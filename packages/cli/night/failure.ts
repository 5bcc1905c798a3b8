/** What went wrong, one failure for each thing that did, put together from alerts, steps and logs. Pure. */
import { meaningOf, type Layer } from "./codes.ts";
import { failedSteps, type Step } from "./path.ts";
import type { Alerted, Ran, Recorded } from "./record.ts";

export interface Failure {
  readonly at: number;
  /** Twilio's code; null for a widget that was left by its failure and of which the Debugger says nothing. */
  readonly code: string | null;
  readonly layer: Layer;
  /** Whether a customer gets less than they should. */
  readonly hurts: boolean;
  /** A widget, a Function or a number, in words: `widget add-support-agent`. */
  readonly where: string;
  /** The widget, where it is one. */
  readonly widget: string | null;
  /** The Function's path, where one is named. */
  readonly path: string | null;
  /** Twilio's own words. */
  readonly said: string;
  /** The Execution; null when none is known. */
  readonly execution: Ran | null;
  /** What the alert is about: FN, ZH, SM, CH; an Execution for a step. */
  readonly sid: string;
  /** Line, where it is known. */
  readonly line: string | null;
  /** What the Function itself was reported for at the same time. */
  readonly cause: Pick<Alerted, "code" | "text"> | null;
}

/** A Function's failure and the widget's that ran it are so many milliseconds apart at the most. */
const sameMoment = 15_000;
/** Codes that only repeat what an Execution's own alert says better. */
const ofFunctions = new Set(["82001", "82002", "82003", "82006", "82007"]);

/**
 * The failures of a record, oldest first.
 *
 * @param steps of the Executions that were looked into, by SID
 * @param pathOf the path of the Function that a widget runs; null when it runs none
 */
export function failuresIn(
  { executions, alerts }: Recorded,
  steps: ReadonlyMap<string, readonly Step[]>,
  pathOf: (line: string, widget: string) => string | null,
): Failure[] {
  const bySid = new Map(executions.map((each) => [each.sid, each]));
  const functions = alerts.filter(({ code }) => ofFunctions.has(code));
  const used = new Set<string>();
  const causeOf = (path: string | null, at: number) => {
    if (path === null) return null;
    const found = functions.find(
      (alert) => !used.has(alert.sid) && pathIn(alert) === path && Math.abs(alert.at - at) < sameMoment,
    );
    if (found !== undefined) used.add(found.sid);
    return found === undefined ? null : { code: found.code, text: found.text };
  };
  const told = new Set<string>();
  const ofFlows = alerts.flatMap((alert): Failure[] => {
    const execution = bySid.get(alert.resourceSid) ?? null;
    if (execution === null && !alert.resourceSid.startsWith("FN")) return [];
    if (isEcho(alert, alerts)) return [];
    const widget = widgetOf(alert, steps.get(alert.resourceSid) ?? []);
    const path = execution === null || widget === null ? null : pathOf(execution.line, widget);
    const { layer, hurts } = meaningOf(alert.code);
    if (widget !== null) told.add(`${alert.resourceSid} ${widget}`);
    return [
      {
        at: alert.at,
        code: alert.code,
        layer,
        hurts,
        where: widget === null ? `Execution ${alert.resourceSid}` : `widget ${widget}`,
        widget,
        path,
        said: alert.text,
        execution,
        sid: alert.resourceSid,
        line: execution?.line ?? null,
        cause: layer === "function" ? causeOf(path, alert.at) : null,
      },
    ];
  });
  const silent = [...steps].flatMap(([sid, path]) => {
    const execution = bySid.get(sid) ?? null;
    return failedSteps(path)
      .filter(({ widget }) => !told.has(`${sid} ${widget}`))
      .map(({ widget, event, at }): Failure => {
        const run = execution === null ? null : pathOf(execution.line, widget);
        return {
          at,
          code: null,
          layer: run === null ? "flow" : "function",
          hurts: true,
          where: `widget ${widget}`,
          widget,
          path: run,
          said: `left by ${event}`,
          execution,
          sid,
          line: execution?.line ?? null,
          cause: causeOf(run, at),
        };
      });
  });
  const others = alerts.flatMap((alert): Failure[] => {
    if (alert.resourceSid.startsWith("FN") || bySid.has(alert.resourceSid) || used.has(alert.sid)) return [];
    const path = pathIn(alert);
    const { layer, hurts } = meaningOf(alert.code);
    return [
      {
        at: alert.at,
        code: alert.code,
        layer,
        hurts,
        where: path === null ? placeOf(alert) : `Function ${path}`,
        widget: null,
        path,
        said: alert.text,
        execution: null,
        sid: alert.resourceSid,
        line: null,
        cause: null,
      },
    ];
  });
  return [...ofFlows, ...silent, ...others].toSorted((one, other) => one.at - other.at);
}

/** A template that came to nothing makes an empty message, which is refused for that. */
function isEcho({ code, resourceSid, at }: Alerted, alerts: readonly Alerted[]): boolean {
  return (
    code === "81011" &&
    alerts.some(
      (each) => each.code === "81018" && each.resourceSid === resourceSid && Math.abs(each.at - at) < 2000,
    )
  );
}

/** The widget that an alert is about: one that was left by its failure then, one that the text names, else the last one. */
function widgetOf({ at, text }: Alerted, steps: readonly Step[]): string | null {
  const near = failedSteps(steps).find((step) => Math.abs(step.at - at) < 2000);
  if (near !== undefined) return near.widget;
  const named = steps.findLast(({ widget }) => widget !== "" && text.includes(widget));
  return named?.widget ?? steps.findLast((step) => step.at <= at + 1000)?.widget ?? null;
}

/** The path of a Function, where an alert names one. */
function pathIn({ requestUrl }: Alerted): string | null {
  return /^https?:\/\/[^/]+\.twil\.io(\/[^?#]*)/.exec(requestUrl)?.[1] ?? null;
}

function placeOf({ resourceSid }: Alerted): string {
  if (resourceSid.startsWith("SM") || resourceSid.startsWith("MM")) return "messages to phones";
  if (resourceSid.startsWith("CH")) return "webhooks of Conversations";
  return resourceSid === "" ? "the account" : resourceSid;
}

/** The same failure, as often as it came. */
export interface Group {
  readonly code: string | null;
  readonly where: string;
  readonly layer: Layer;
  readonly hurts: boolean;
  readonly count: number;
  /** Conversations or people that it happened to, as far as Executions name them. */
  readonly contacts: number;
  readonly first: Failure;
  readonly last: Failure;
}

/** Failures by code and place, those that hurt first, then the most frequent. */
export function grouped(failures: readonly Failure[]): Group[] {
  const groups = Map.groupBy(failures, ({ code, where, line }) => `${line ?? ""} ${code ?? ""} ${where}`);
  return [...groups.values()]
    .flatMap((each): Group[] => {
      const [first] = each;
      const last = each.at(-1);
      if (first === undefined || last === undefined) return [];
      return [
        {
          code: first.code,
          where: first.where,
          layer: first.layer,
          hurts: first.hurts,
          count: each.length,
          contacts: new Set(each.flatMap(({ execution }) => execution?.contact ?? [])).size,
          first,
          last,
        },
      ];
    })
    .toSorted((one, other) => Number(other.hurts) - Number(one.hurts) || other.count - one.count);
}
