/** What is to be said of a Flow: what Twilio refuses, advice, and whether its bindings are complete. */
import { validate, type Problem } from "@support-line/studio";
import { advise, type Severity } from "@support-line/studio/advice";
import type { TemplateCheck } from "@support-line/stage/check";
import { bindingsFileOf, bindingsProblem } from "./bindings-check.ts";
import type { FlowFile } from "./flow-files.ts";
import { ownCodes } from "./severities.ts";

/** One thing that `check` says. */
export interface Said {
  /** `twilio-refuses` is Twilio's own: it cannot be switched off. */
  readonly code: string;
  readonly severity: Exclude<Severity, "off">;
  readonly widget?: string;
  readonly property_path: string;
  readonly message: string;
  readonly wayOut?: string;
}

export interface CheckOptions {
  readonly severities?: Readonly<Record<string, Severity>>;
  /** Paths of the Functions that there are. */
  readonly functions?: readonly string[];
  /** What the Flow's project says of where it leads. */
  readonly template?: TemplateCheck;
}

/** Everything there is to say, Twilio's refusals first. */
export async function checkFlow(
  { path, definition }: FlowFile,
  { severities = {}, functions, template }: CheckOptions = {},
): Promise<Said[]> {
  const { errors, warnings } = validate(definition);
  const own = (code: string, said: Omit<Said, "code" | "severity">): Said[] => {
    const severity = severities[code] ?? ownCodes[code] ?? "error";
    return severity === "off" ? [] : [{ code, severity, ...said }];
  };
  /** What leads to nothing is said with what to write. */
  const leading = new Set((template?.faults ?? []).map(({ path = [] }) => `#/${path.join("/")}`));
  const refused = new Set(errors.map((error) => error.property_path));
  const advice = advise(definition, { severities, ...(functions === undefined ? {} : { functions }) });
  const bindings = bindingsFileOf(path);
  const problem = bindings === undefined ? null : await bindingsProblem(bindings, definition);
  return [
    ...errors
      .filter(({ property_path: place }) => !leading.has(place))
      .map((error): Said => ({ code: "twilio-refuses", severity: "error", ...placed(error) })),
    ...warnings.flatMap((warning) => own("not-in-catalogue", placed(warning))),
    // What Twilio refuses is said once.
    ...advice.filter((each) => !refused.has(each.property_path)),
    ...(template?.faults ?? []).flatMap(({ code = "not-here", widget = "", path = [], problem }) => {
      const [message = "", ...wayOut] = problem.split("; ");
      const said = { widget, property_path: `#/${path.join("/")}`, message: `"${widget}" ${message}` };
      return own(code, { ...said, wayOut: wayOut.join("; ") });
    }),
    ...(problem === null
      ? []
      : own(problem.code, { property_path: "#", message: problem.message, wayOut: problem.wayOut })),
  ];
}

function placed({ message, property_path, widget }: Problem): Omit<Said, "code" | "severity"> {
  const wayOut = wayOutOf(message);
  return {
    property_path,
    message,
    ...(widget === undefined ? {} : { widget }),
    ...(wayOut === undefined ? {} : { wayOut }),
  };
}

/** What mends a value of the wrong kind, as exports of Studio's first years have them. */
function wayOutOf(message: string): string | undefined {
  if (/^(integer|number|boolean) found, string expected$/.test(message)) return "write it in quotes";
  if (/^string found, (integer|number|boolean) expected$/.test(message)) return "write it without quotes";
  return undefined;
}
