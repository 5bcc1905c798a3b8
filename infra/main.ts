/** The program: a stage is the project's own, or lines that were there before it. */
import * as twilio from "@pulumi/twilio";
import { currentProject, currentStage, refusing } from "@support-line/stage/program";
import { protectWhatIsLost } from "./protection.ts";
import { keepRenamed } from "./renamed.ts";

// Pulumi's source-map-support reads the SDK's source maps for every stack that the SDK notes: a tenth of a preview. The
// program needs none: Node runs its TypeScript on the lines where it stands.
Reflect.deleteProperty(Error, "prepareStackTrace");

const stage = await refusing(currentStage);
protectWhatIsLost(stage.name);
keepRenamed();
const deployed =
  stage.adopted === null
    ? // The engine starts the provider while the rest of the program is read.
      await import("./stage-provider.ts").then(() => import("./index.ts"))
    : await (
        await import("./adopted/program.ts")
      ).adoptedLines(await refusing(currentProject), stage, stage.adopted);

export const { lines, conversationsServiceSid, functionsDomain } = deployed;
/** No endpoint means Twilio itself. */
export const endpoint = twilio.config.endpoint ?? "";
