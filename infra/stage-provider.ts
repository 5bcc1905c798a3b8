/** The provider of the stage's own account. */
import * as twilio from "@pulumi/twilio";
import { currentStage, refusing } from "@support-line/stage/program";
import { providerSettings } from "./provider-settings.ts";

const stage = await refusing(currentStage);

export const provider = new twilio.Provider("twilio", await refusing(() => providerSettings(stage)));
