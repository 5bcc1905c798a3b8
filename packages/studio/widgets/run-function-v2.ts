import { z } from "zod";
import { widget } from "../widget.ts";
import { parameters } from "./http.ts";
import { runFunction } from "./run-function.ts";

/**
 * Named in the enumeration of newer schemas (https://www.twilio.com/docs/studio/rest-api/v2/schemas) and described
 * nowhere: it is taken for Run Function, and nothing of it is refused that Twilio might take.
 */
export const runFunctionV2 = widget({
  ...runFunction,
  isOpen: true,
  properties: z.looseObject({
    url: z.string().optional(),
    service_sid: z.string().nullish(),
    environment_sid: z.string().nullish(),
    function_sid: z.string().nullish(),
    parameters,
  }),
  enter(run) {
    if (typeof run.properties.url === "string") return runFunction.enter(run);
    run.warn(81017, `${run.state.name} names no URL, and what else a run-function-v2 may name is on no page`);
    return { leave: "fail", variables: {} };
  },
});
