import { z } from "zod";
import type { State } from "../types.ts";
import type { Widget } from "../widget.ts";

/**
 * A widget of a service that Twilio has shut down or taken out of the editor. The schema still names it and no page
 * describes it any more, so nothing of it is refused; it leaves by the way that the Flow has for failures.
 *
 * @param code what Twilio warns with when the service fails
 */
export function retired(service: string, code: number, events: readonly string[]): Widget {
  return {
    events,
    kind: "unknown",
    deed: `was of ${service}`,
    said: Object.fromEntries(events.map((event) => [event, isFailure(event) ? "fails" : ""])),
    quiet: events.filter(isFailure),
    isOpen: true,
    service,
    properties: z.looseObject({}),
    variables: [],
    leavesBy: (state) => [failureOf(state)],
    enter(run) {
      run.warn(code, `${run.state.name} cannot run: ${service} is no longer there`);
      return { leave: failureOf(run.state), variables: {} };
    },
  };
}

/** The way that the Flow has for failures. */
function failureOf({ transitions }: State): string {
  return transitions.find(({ event }) => isFailure(event))?.event ?? "failed";
}

const isFailure = (event: string) => /fail|error/i.test(event);
