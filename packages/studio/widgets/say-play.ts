import { z } from "zod";
import { plain, playedShown } from "../shown.ts";
import { widget } from "../widget.ts";
import { integerOf, oneOf, promptOf, promptProperties } from "./call.ts";

/** https://www.twilio.com/docs/studio/widget-library/sayplay */
export const sayPlay = widget({
  events: ["audioComplete"],
  kind: "voice",
  deed: "says",
  facts: (text) => [
    playedShown(text("play")),
    text("digits") === "" ? "" : `presses ${plain(text("digits"))}`,
  ],
  said: { audioComplete: "" },
  properties: oneOf(z.looseObject({ ...promptProperties, digits: z.string().optional() }), [
    "say",
    "play",
    "digits",
  ]),
  enter: (run) => ({ request: { type: "say", prompt: promptOf(run), loop: integerOf(run, "loop", 1) } }),
  resume: (_, event) => (event.type === "played" ? { leave: "audioComplete" } : null),
});
