/** What differs from stage to stage in `helpline.json`: the Functions that its widgets run. */
import { defineBindings } from "@support-line/studio";
import type { LineValues } from "@support-line/stage/templates";

export default defineBindings<LineValues>()({
  "greet.service_sid": ({ functions }) => functions["greet"]?.serviceSid,
  "greet.environment_sid": ({ functions }) => functions["greet"]?.environmentSid,
  "greet.function_sid": ({ functions }) => functions["greet"]?.functionSid,
  "greet.url": ({ functions }) => functions["greet"]?.url,
});
