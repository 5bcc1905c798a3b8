import { z } from "zod";
import { isObject } from "../json.ts";
import { isOnCall } from "../on-call.ts";
import { parametersShown, pathShown, sidShown } from "../shown.ts";
import type { HttpResult } from "../types.ts";
import { limits } from "../limits.ts";
import { widget } from "../widget.ts";
import { answerNames, answerVariables, merged, parameters, renderParameters } from "./http.ts";

/** https://www.twilio.com/docs/studio/widget-library/run-function */
export const runFunction = widget({
  events: ["success", "fail"],
  kind: "code",
  deed: "runs a Function",
  facts: (text, { parameters }) => [
    pathShown(text("url")) || sidShown(text("function_sid")),
    parametersShown(parameters),
  ],
  said: { success: "", fail: "fails" },
  quiet: ["fail"],
  properties: z.looseObject({
    url: z.string(),
    service_sid: z.string().nullish(),
    environment_sid: z.string().nullish(),
    function_sid: z.string().nullish(),
    parameters,
  }),
  variables: [...answerNames, "headers"],
  enter(run) {
    const sid = (property: string) => {
      const value = run.properties[property];
      return typeof value === "string" ? value : null;
    };
    return {
      request: {
        type: "runFunction",
        url: run.text("url"),
        serviceSid: sid("service_sid"),
        environmentSid: sid("environment_sid"),
        functionSid: sid("function_sid"),
        parameters: Object.fromEntries(renderParameters(run)),
        timeoutSeconds: limits.answer.seconds,
      },
    };
  },
  resume(run, event) {
    if (event.type !== "answered") return null;
    if (isOnCall(run.execution) && isTwiml(event.response)) {
      return { request: { type: "giveUpCall", twiml: event.response.body } };
    }
    const answer = answerVariables(event.response, run.switches);
    if (answer === null) {
      run.warn(
        81017,
        `The Function of ${run.state.name} gave no answer that Studio takes, within 10 s and 64 kB`,
      );
      return { leave: "fail", variables: {} };
    }
    const status = event.response?.status ?? 0;
    const isSuccess = status >= 200 && status < 400;
    if (!isSuccess) run.warn(81017, `The Function of ${run.state.name} answered ${status}`);
    const concurrency = event.response?.headers["x-twilio-function-concurrency"];
    // `parsed` is merged into what an earlier run left, and outlives an answer that is no JSON; the rest is replaced.
    const earlier = isObject(run.previous.parsed) ? run.previous.parsed : {};
    const now = isObject(answer.parsed) ? answer.parsed : {};
    const parsed = merged(earlier, now);
    return {
      leave: isSuccess ? "success" : "fail",
      variables: {
        ...answer,
        ...(Object.keys(parsed).length === 0 ? {} : { parsed }),
        ...(concurrency === undefined ? {} : { headers: { "x-twilio-function-concurrency": concurrency } }),
      },
    };
  },
});

/** TwiML takes the call out of Studio's hands, as the widget's page says. */
function isTwiml(response: HttpResult): response is NonNullable<HttpResult> {
  if (
    response === null ||
    response.status >= 400 ||
    !/^(?:text|application)\/xml\b/i.test(response.contentType)
  ) {
    return false;
  }
  return /<Response[\s/>]/.test(response.body);
}
