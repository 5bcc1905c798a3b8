import { z } from "zod";
import type { JsonValue } from "../types.ts";
import { type Run, widget } from "../widget.ts";
import { optionalText, pairs } from "./call.ts";

const parameterList = z.array(z.object({ key: z.string(), value: z.string() }));

/** https://www.twilio.com/docs/studio/widget-library/fork-stream */
export const forkStream = widget({
  events: ["next"],
  kind: "voice",
  deed: "streams the call",
  said: { next: "" },
  properties: z.looseObject({
    stream_action: z.enum(["start", "stop"]),
    stream_name: z.string().optional(),
    stream_transport_type: z.enum(["websocket", "siprec"]).optional(),
    stream_url: z.string().optional(),
    stream_track: z.enum(["inbound_track", "outbound_track", "both_tracks"]).optional(),
    stream_connector: z.string().optional(),
    stream_parameters: pairs,
  }),
  enter(run) {
    return {
      request: {
        type: "stream",
        action: run.properties["stream_action"] === "stop" ? "stop" : "start",
        name: optionalText(run, "stream_name"),
        url: optionalText(run, "stream_url"),
        connector: optionalText(run, "stream_connector"),
        track: run.text("stream_track") || "inbound_track",
        parameters: streamParameters(run, run.properties["stream_parameters"]),
      },
    };
  },
  resume: (_, event) => (event.type === "streamChanged" ? { leave: "next" } : null),
});

function streamParameters(run: Run, list: JsonValue | undefined): Record<string, string> {
  const { data = [] } = parameterList.safeParse(list);
  return Object.fromEntries(
    data.map(({ key, value }) => [key, run.render(`stream_parameters.${key}`, value)]),
  );
}
