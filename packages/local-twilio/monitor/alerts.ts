/** The Debugger, https://www.twilio.com/docs/usage/monitor-alert: what went wrong behind a request that was answered. */
import { textOf } from "../json.ts";
import type { Alert, Behaviour, Twilio } from "../product.ts";

const token = "twilio:monitor:Alert";

/** Keeps an alert. */
export function raiseAlert(twilio: Twilio, raised: Alert): void {
  const { store, clock, settings } = twilio;
  const now = clock.iso();
  const sid = twilio.sid("NO");
  const body = {
    sid,
    account_sid: settings.accountSid,
    alert_text: raised.text,
    api_version: "2010-04-01",
    date_created: now,
    date_generated: now,
    date_updated: now,
    error_code: String(raised.code),
    log_level: raised.level,
    more_info: `https://www.twilio.com/docs/errors/${raised.code}`,
    request_method: raised.request?.method ?? null,
    request_url: raised.request?.url ?? null,
    resource_sid: raised.resourceSid,
    service_sid: raised.serviceSid,
  };
  store.insert({ token, sid, parents: {}, body, hidden: {} });
}

export const alert: Behaviour = {
  unlisted: ["request_variables", "request_headers", "response_body", "response_headers"],
  list({ query }, objects) {
    const { LogLevel: level, StartDate: start, EndDate: end } = query;
    const shown = objects.filter(({ body }) => {
      const at = textOf(body["date_generated"]);
      return (
        (level === undefined || body["log_level"] === level) &&
        (typeof start !== "string" || at >= start) &&
        (typeof end !== "string" || at <= end)
      );
    });
    return shown.reverse();
  },
};
