/** serverless.twilio.com and serverless-upload.twilio.com: Functions and Assets, Builds, Environments. */
import type { Product, Twilio } from "../product.ts";
import type { State } from "../state.ts";
import { build, buildStatus, startBuilding } from "./builds.ts";
import { deployment } from "./deployments.ts";
import { environment, environmentOf } from "./environments.ts";
import { modules } from "./installed.ts";
import { log } from "./logs.ts";
import { functionsService, serveDomain } from "./requests.ts";
import { runFunctions, type RunningFunctions } from "./running.ts";
import { service } from "./services.ts";
import { tokens } from "./tokens.ts";
import { variable } from "./variables.ts";
import { assetVersion, functionVersion, functionVersionContent, holder } from "./versions.ts";

const running: State<RunningFunctions> = { ofStore: false, open: runFunctions };

function runningOf(twilio: Twilio): RunningFunctions {
  return twilio.state(running);
}

export const serverless: Product = {
  name: "serverless",
  services: (twilio) => ({ functions: functionsService(twilio, runningOf(twilio)) }),
  hosts: [
    {
      matches: /\.twil\.io$/,
      isAsked: (twilio, { host }) => environmentOf(twilio, host) !== undefined,
      serve: (twilio, request) => serveDomain(twilio, runningOf(twilio), request),
    },
  ],
  behaviours: {
    [tokens.service]: service,
    [tokens.environment]: environment,
    [tokens.variable]: variable,
    [tokens.deployment]: deployment((twilio, sid) => runningOf(twilio).warm(sid)),
    [tokens.log]: log,
    [tokens.build]: build,
    [tokens.buildStatus]: buildStatus,
    [tokens.function]: holder,
    [tokens.functionVersion]: functionVersion,
    [tokens.functionVersionContent]: functionVersionContent,
    [tokens.asset]: holder,
    [tokens.assetVersion]: assetVersion,
  },
  start(twilio) {
    for (const interrupted of twilio.store.list(tokens.build, {}, { status: "building" })) {
      startBuilding(twilio, interrupted);
    }
  },
  async stop(twilio) {
    await Promise.all([runningOf(twilio).close(), twilio.state(modules).close()]);
  },
  reset: (twilio) => runningOf(twilio).close(),
};
