import { Script } from "node:vm";
import { resource } from "@support-line/twilio-api";
import { fillPath, parentParameters, plainRequest } from "../translate/inputs-to-request.ts";
import { textAt } from "../values/place.ts";
import { isMap, reveal, type JsonMap, type ValueMap } from "../values/value.ts";
import type { Session } from "./lifecycle.ts";
import { orGone, type PlainLifecycle } from "./plain.ts";

/** Why a Build failed, and what to do, each in whole sentences. */
export interface BuildFailure {
  readonly reason: string;
  readonly advice: string;
}

/**
 * Why a Build failed, with the file or the dependency that caused it: Twilio's Debugger says so, most of the time
 * (https://www.twilio.com/docs/usage/monitor-alert). Where it does not, the Build's Functions are read back and parsed.
 */
export async function whyItFailed(
  life: PlainLifecycle,
  session: Session,
  sid: string,
  outputs: ValueMap,
): Promise<BuildFailure> {
  const said = await fromDebugger(life, session, sid);
  if (said !== undefined) return { reason: said, advice: "Fix it and run `pulumi up` again." };
  const problems = await syntaxProblems(life, session, sid, outputs);
  if (problems.length > 0) {
    return { reason: `${problems.join("; ")}.`, advice: "Fix it and run `pulumi up` again." };
  }
  const dependencies = reveal(outputs["dependencies"] ?? null);
  const asked = isMap(dependencies) ? Object.entries(dependencies) : [];
  const names = asked.map(([name, version]) => `${name}@${typeof version === "string" ? version : ""}`);
  return {
    reason: "Twilio's API says no more, and each of its Functions is JavaScript.",
    advice: `Look for a package or version that npm does not have${names.length === 0 ? "" : ` among ${names.join(", ")}`}; the Console's Functions editor shows the build log.`,
  };
}

async function fromDebugger(
  life: PlainLifecycle,
  session: Session,
  sid: string,
): Promise<string | undefined> {
  const request = {
    method: "GET" as const,
    host: "monitor.twilio.com",
    path: "/v1/Alerts?LogLevel=error&PageSize=50",
    form: [],
  };
  const purpose = life.purpose(session, "Looking up why Twilio failed");
  const page = await orGone(session.client.send(request, purpose)).catch(() => undefined);
  const alert = listAt(page, "alerts").find(({ resource_sid }) => resource_sid === sid);
  const text = alert === undefined ? "" : textAt(alert, "alert_text");
  if (alert === undefined || text === "") return undefined;
  return `${text.replace(/\.?$/, ".")} (error ${textAt(alert, "error_code")})`;
}

/** What cannot be parsed among the Functions of a Build, each with its path and line. */
async function syntaxProblems(
  life: PlainLifecycle,
  session: Session,
  sid: string,
  outputs: ValueMap,
): Promise<string[]> {
  const path = life.path(session, outputs, sid);
  const purpose = life.purpose(session, "Looking up why Twilio failed");
  const build = await orGone(
    session.client.send(plainRequest(life.row, life.operation("fetch"), path), purpose),
  ).catch(() => undefined);
  const content = resource("twilio:serverless:FunctionVersionContent")?.operations.fetch;
  if (content === undefined) return [];
  const problems = listAt(build, "function_versions").map(async (version) => {
    const place = {
      ...parentParameters(life.row, outputs),
      FunctionSid: textAt(version, "function_sid"),
      Sid: textAt(version, "sid"),
    };
    const request = {
      method: "GET" as const,
      host: life.row.host,
      path: fillPath(content.path, place),
      form: [],
    };
    const body = await orGone(session.client.send(request, purpose)).catch(() => undefined);
    return body === undefined ? null : syntaxProblem(textAt(body, "content"), textAt(version, "path"));
  });
  return (await Promise.all(problems)).filter((problem) => problem !== null);
}

/** What is wrong with a Function's source, which is CommonJS: its path, line and what Node says; null when nothing is. */
export function syntaxProblem(source: string, path: string): string | null {
  try {
    // As Node wraps a module, on the line of its first, so that lines are the author's.
    new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
      filename: path,
    });
    return null;
  } catch (error) {
    const place = /^(.+:\d+)\n/.exec(error instanceof Error ? (error.stack ?? "") : "")?.[1] ?? path;
    return `${place}: ${String(error)}`;
  }
}

function listAt(body: JsonMap | undefined, name: string): JsonMap[] {
  const list = body?.[name];
  return (Array.isArray(list) ? list : []) as JsonMap[];
}
