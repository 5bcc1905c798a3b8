import { z } from "zod";
import { limits } from "../limits.ts";
import { addressShown } from "../shown.ts";
import { widget } from "../widget.ts";
import { answerNames, answerVariables, parameters, renderParameters } from "./http.ts";

const form = "application/x-www-form-urlencoded;charset=utf-8";

/** https://www.twilio.com/docs/studio/widget-library/http-request */
export const makeHttpRequest = widget({
  events: ["success", "failed"],
  kind: "code",
  deed: "asks a web server",
  facts: (text) => [`${text("method")} ${addressShown(text("url"))}`],
  said: { success: "", failed: "fails" },
  quiet: ["failed"],
  properties: z.looseObject({
    url: z.string(),
    method: z.enum(["GET", "POST"]).optional(),
    content_type: z.string().optional(),
    body: z.string().optional(),
    parameters,
    add_twilio_auth: z.boolean().optional(),
  }),
  variables: answerNames,
  enter(run) {
    const method = run.properties.method === "POST" ? "POST" : "GET";
    const contentType = typeof run.properties.content_type === "string" ? run.properties.content_type : form;
    const given = renderParameters(run);
    if (given.some(([key]) => key === "method")) {
      run.warn(81014, `A parameter of ${run.state.name} is named method, which Studio keeps for itself`);
      return { leave: "failed", variables: {} };
    }
    const encoded = new URLSearchParams(given).toString();
    const isForm = contentType.startsWith("application/x-www-form-urlencoded");
    const url = run.text("url");
    const addTwilioAuth = run.properties.add_twilio_auth === true;
    if (addTwilioAuth && !isTwilioApi(url)) {
      run.warn(
        81016,
        `${run.state.name} signs in at Twilio, but ${hostOf(url) ?? "its URL"} is no API of Twilio's`,
      );
      return { leave: "failed", variables: {} };
    }
    return {
      request: {
        type: "makeRequest",
        method,
        url: method === "GET" && encoded !== "" ? `${url}${url.includes("?") ? "&" : "?"}${encoded}` : url,
        contentType,
        body: method === "GET" ? "" : isForm && encoded !== "" ? encoded : run.text("body"),
        addTwilioAuth,
        timeoutSeconds: limits.answer.seconds,
      },
    };
  },
  resume(run, event) {
    if (event.type !== "answered") return null;
    const answer = answerVariables(event.response, run.switches);
    const status = event.response?.status ?? 0;
    const isSuccess = answer !== null && status >= 200 && status < 300;
    if (!isSuccess) {
      run.warn(81016, `The request of ${run.state.name} failed${status === 0 ? "" : ` with ${status}`}`);
    }
    return { leave: isSuccess ? "success" : "failed", variables: answer ?? {} };
  },
});

function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}

function isTwilioApi(url: string): boolean {
  return hostOf(url)?.endsWith(".twilio.com") ?? false;
}
