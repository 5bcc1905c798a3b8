import { retired } from "./retired.ts";

/** Named in https://www.twilio.com/docs/studio/rest-api/v2/schemas, and described there no more. */
export const createChatChannel = retired("Programmable Chat", 81006, ["success", "failed"]);
