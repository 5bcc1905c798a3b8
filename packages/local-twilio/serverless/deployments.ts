/** Deployments: which Build an Environment runs, https://www.twilio.com/docs/serverless/api/resource/deployment */
import { TwilioError } from "../errors.ts";
import type { Behaviour, Twilio } from "../product.ts";
import { textOf } from "../json.ts";
import { tokens } from "./tokens.ts";

/** The behaviour; `warm` starts what an Environment has deployed. */
export const deployment = (warm: (twilio: Twilio, environmentSid: string) => Promise<void>): Behaviour => ({
  create(call, draft) {
    const { store } = call.twilio;
    const buildSid = textOf(draft.body["build_sid"]) || null;
    if (buildSid !== null) {
      const parents = { ServiceSid: draft.parents["ServiceSid"] ?? "" };
      const build = store.find(tokens.build, buildSid, parents);
      if (!build) throw new TwilioError(20001, { reason: `Build ${buildSid} was not found in this Service` });
      if (build.body["status"] !== "completed") throw new TwilioError(20009, { build: build.sid });
      const environment = store.find(tokens.environment, draft.parents["EnvironmentSid"] ?? "");
      // Seen on live accounts: github.com/twilio-labs/serverless-api/issues/27
      if (environment?.body["build_sid"] === build.sid) {
        throw new TwilioError(20409, { reason: "Environment already has requested deployment." });
      }
    }
    return { body: { ...draft.body, build_sid: buildSid, date_updated: null } };
  },
  created({ twilio }, object) {
    const environment = twilio.store.find(tokens.environment, object.parents["EnvironmentSid"] ?? "");
    if (!environment) return;
    const buildSid = object.body["build_sid"] ?? null;
    const body = { ...environment.body, build_sid: buildSid, date_updated: twilio.clock.iso() };
    twilio.store.replace(tokens.environment, environment.sid, body);
    const what = buildSid === null ? "deployment.removed" : "deployment.activated";
    twilio.events.append(what, object.sid, environment.sid, {
      build_sid: buildSid,
      domain_name: environment.body["domain_name"] ?? null,
    });
    if (buildSid !== null) twilio.background(warm(twilio, environment.sid));
  },
});
