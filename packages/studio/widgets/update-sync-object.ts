import { retired } from "./retired.ts";

/** Named in https://www.twilio.com/docs/studio/rest-api/v2/schemas, and described there no more. */
export const updateSyncObject = retired("the Update Sync Object widget", 81012, ["success", "failed"]);
