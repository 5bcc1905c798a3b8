import { z } from "zod";
import { limits } from "../limits.ts";
import { plain } from "../shown.ts";
import { widget } from "../widget.ts";
import { numberInText } from "./call.ts";

const { seconds: mostSeconds } = limits.redirect;

/** Has TwiML go on with the call or message, until it gives it back. */
export const addTwimlRedirect = widget({
  events: ["return", "timeout", "fail"],
  kind: "flow",
  deed: "hands over to TwiML",
  facts: (text) => [plain(text("url"))],
  said: { return: "", timeout: "no answer in time", fail: "fails" },
  quiet: ["timeout", "fail"],
  properties: z.looseObject({
    url: z.string(),
    method: z.enum(["GET", "POST"]).optional(),
    timeout: z.string().optional(),
  }),
  enter(run) {
    const url = run.text("url").trim();
    // Studio does not call the URL: one that answers 404 is no fault of the Flow.
    if (!/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : "")) {
      return { leave: "fail", variables: {} };
    }
    const seconds = numberInText(run, "timeout", mostSeconds);
    return {
      request: {
        type: "redirect",
        url,
        method: run.properties.method === "GET" ? "GET" : "POST",
        timeoutSeconds: Math.min(Math.max(seconds, 0), mostSeconds),
      },
    };
  },
  resume(_, event) {
    if (event.type === "returned") return { leave: "return", variables: event.parameters };
    return event.type === "timedOut" ? { leave: "timeout", variables: {} } : null;
  },
});
