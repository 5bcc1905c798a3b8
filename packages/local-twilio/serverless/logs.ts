/** Logs of an Environment: what Functions wrote with console, https://www.twilio.com/docs/serverless/api/resource/logs */
import type { Behaviour, StoredObject, Twilio } from "../product.ts";
import { textOf } from "../json.ts";
import { tokens } from "./tokens.ts";

/** Keeps one line that a Function wrote. */
export function keepLog(
  twilio: Twilio,
  environment: StoredObject,
  line: {
    readonly functionSid: string | null;
    readonly requestSid: string;
    readonly level: string;
    readonly message: string;
  },
): void {
  const { store, clock, settings } = twilio;
  const parents = { ServiceSid: environment.parents["ServiceSid"] ?? "", EnvironmentSid: environment.sid };
  const sid = twilio.sid("NO");
  const body = {
    sid,
    account_sid: settings.accountSid,
    service_sid: parents.ServiceSid,
    environment_sid: environment.sid,
    build_sid: environment.body["build_sid"] ?? null,
    deployment_sid: store.list(tokens.deployment, parents).at(-1)?.sid ?? null,
    function_sid: line.functionSid,
    request_sid: line.requestSid,
    level: line.level === "warn" ? "warning" : line.level,
    message: line.message,
    date_created: clock.iso(),
  };
  store.insert({ token: tokens.log, sid, parents, body, hidden: {} });
}

export const log: Behaviour = {
  list({ query }, objects) {
    const { FunctionSid: wanted, StartDate: start, EndDate: end } = query;
    const shown = objects.filter(({ body }) => {
      const at = textOf(body["date_created"]);
      return (
        (wanted === undefined || body["function_sid"] === wanted) &&
        (typeof start !== "string" || at >= start) &&
        (typeof end !== "string" || at <= end)
      );
    });
    return shown.reverse();
  },
};
