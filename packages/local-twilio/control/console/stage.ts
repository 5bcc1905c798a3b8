/** What is deployed: Functions, Flows, who answers at which address, timers to come. */
import { isoOf } from "../../calendar.ts";
import { inner, text, textOrNull } from "../../fields.ts";
import type { Twilio } from "../../product.ts";
import { tokens as conversations } from "../../conversations/tokens.ts";
import { tokens as serverless } from "../../serverless/tokens.ts";
import type { ControlParts } from "../parts.ts";
import { namesNow } from "./names.ts";
import { flowsNow, hasTasks, numbersNow } from "./snapshot.ts";

/** The whole stage. Values of Variables stay here: many are secrets, and a page needs none of them. */
export function stageNow({ twilio, clock }: ControlParts): object {
  return {
    accountSid: twilio.settings.accountSid,
    names: namesNow(twilio),
    numbers: numbersNow(twilio),
    flows: flowsNow(twilio),
    hasTasks: hasTasks(twilio),
    services: twilio.store.list(serverless.service).map(({ sid, body }) => ({
      sid,
      name: text(body, "unique_name"),
      environments: environmentsOf(twilio, sid),
    })),
    entries: twilio.store.list(conversations.addressConfiguration).map(({ sid, body }) => {
      const creation = inner(body, "auto_creation");
      return {
        sid,
        address: text(body, "address"),
        type: text(body, "type"),
        name: text(body, "friendly_name"),
        opens: creation["enabled"] === true,
        flowSid: textOrNull(creation, "studio_flow_sid"),
        url: textOrNull(creation, "webhook_url"),
        serviceSid: textOrNull(creation, "conversation_service_sid"),
      };
    }),
    timers: clock.due().slice(0, 50).map(isoOf),
  };
}

function environmentsOf({ store }: Twilio, serviceSid: string): object[] {
  const functions = store.list(serverless.function, { ServiceSid: serviceSid });
  return store.list(serverless.environment, { ServiceSid: serviceSid }).map(({ sid, body }) => ({
    sid,
    domain: text(body, "domain_name"),
    buildSid: textOrNull(body, "build_sid"),
    functions: store
      .list(serverless.functionVersion, { ServiceSid: serviceSid })
      .filter(
        (version, at, all) => at === all.findLastIndex((other) => functionOf(other) === functionOf(version)),
      )
      .map((version) => ({
        sid: functionOf(version),
        name: text(functions.find((one) => one.sid === functionOf(version))?.body ?? {}, "friendly_name"),
        path: text(version.body, "path"),
        visibility: text(version.body, "visibility"),
        at: text(version.body, "date_created"),
      })),
    variables: store
      .list(serverless.variable, { EnvironmentSid: sid })
      .map(({ body: variable }) => text(variable, "key")),
  }));
}

function functionOf({ parents }: { readonly parents: Readonly<Record<string, string>> }): string {
  return parents["FunctionSid"] ?? "";
}
