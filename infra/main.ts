/** The program: a stage is the project's own, or a line that was there before it. */
import * as twilio from "@pulumi/twilio";
import { currentProject, currentStage, refusing } from "@support-line/stage/program";
import { protectWhatIsLost } from "./protection.ts";
import { keepRenamed } from "./renamed.ts";

const stage = await refusing(currentStage);
protectWhatIsLost(stage.name);
keepRenamed();
const deployed =
  stage.adopted === null
    ? await import("./index.ts")
    : await (
        await import("./adopted/program.ts")
      ).adoptedLine(await refusing(currentProject), stage, stage.adopted);

export const { lines, conversationsServiceSid, functionsDomain } = deployed;
/** No endpoint means Twilio itself. */
export const endpoint = twilio.config.endpoint ?? "";
