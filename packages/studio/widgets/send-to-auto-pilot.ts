import { retired } from "./retired.ts";

/** Named in https://www.twilio.com/docs/studio/rest-api/v2/schemas, and described there no more. */
export const sendToAutoPilot = retired("Autopilot", 81013, ["sessionEnded", "failure", "timeout"]);
