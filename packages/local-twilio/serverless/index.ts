/** serverless.twilio.com and serverless-upload.twilio.com: Functions and Assets, Builds, Environments. */
import type { Product } from "../product.ts";
import { build, buildStatus, startBuilding } from "./builds.ts";
import { openContents } from "./contents.ts";
import { deployment } from "./deployments.ts";
import { environment } from "./environments.ts";
import { log } from "./logs.ts";
import { service } from "./services.ts";
import { tokens } from "./tokens.ts";
import { variable } from "./variables.ts";
import { assetVersion, functionVersion, functionVersionContent, holder } from "./versions.ts";

export const serverless: Product = {
  name: "serverless",
  behaviours: {
    [tokens.service]: service,
    [tokens.environment]: environment,
    [tokens.variable]: variable,
    [tokens.deployment]: deployment,
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
    openContents(twilio);
    for (const interrupted of twilio.store.list(tokens.build, {}, { status: "building" })) {
      startBuilding(twilio, interrupted);
    }
  },
};
