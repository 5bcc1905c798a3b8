import { retired } from "./retired.ts";

/** Named in https://www.twilio.com/docs/studio/rest-api/v2/schemas, and described there no more. */
export const createTask = retired("the Create Task widget", 81015, ["success", "failed"]);
