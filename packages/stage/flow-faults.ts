/** What is wrong with the Flow of a line on its stage: as a template, and as it would be deployed. */
import { bind } from "@support-line/studio/bindings";
import { advise } from "@support-line/studio/advice";
import { statesToArray } from "@support-line/studio/states";
import { validate } from "@support-line/studio/validate";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { deployedNames } from "./deployed-names.ts";
import type { Project } from "./project.ts";
import type { Line, Stage } from "./stage.ts";
import {
  faultText,
  lineBindings,
  pathOfPointer,
  type BoundByPath,
  type FlowFault,
} from "./templates/line-bindings.ts";
import { lineValues, type LineValues } from "./templates/line-values.ts";
import type { Template } from "./templates/load.ts";

export interface FlowCheck {
  readonly faults: readonly string[];
  readonly boundByPath: readonly BoundByPath[];
}

/** What stands for a SID or URL that only a deployment knows. */
const unknown = Symbol("known once deployed");
const flex = { workflowSid: unknown, taskChannelSid: unknown, timeoutSeconds: 60 };
const place = { serviceSid: unknown, environmentSid: unknown, functionSid: unknown, url: unknown };

/** The event that begins a Flow, by who it is for (https://www.twilio.com/docs/studio/widget-library/trigger-start). */
const beginnings = {
  sms: "incomingConversationMessage",
  whatsapp: "incomingConversationMessage",
  voice: "incomingCall",
} as const;

/** What stands for Functions and Assets before they are deployed. */
export function placesOf(functions: readonly string[], assets: readonly string[]) {
  const each = <Place>(names: readonly string[], of: Place) =>
    Object.fromEntries(names.map((name) => [name, of]));
  return { functions: each(functions, place), assets: each(assets, { url: unknown }), flex };
}

/** What a check fills a line's bindings with: the Functions and Assets that the stage deploys, and no others. */
export async function checkValues(project: Project, stage: Stage, line: Line): Promise<LineValues> {
  const deployed = await deployedNames(project, stage, line);
  const { functions, assets } = placesOf(deployed.functions, deployed.assets);
  return lineValues(stage, line, functions, flex, assets);
}

/**
 * Every fault of a line's Flow, each with file, line and widget.
 *
 * @throws TemplateError when it cannot be read; FunctionsError when the Functions' files do not go together
 */
export async function flowFaults(project: Project, stage: Stage, line: Line): Promise<FlowCheck> {
  const undecided = `${line.flow}.json.conflicts`;
  if (existsSync(join(project.templatesFolder, undecided))) {
    const problem = `was merged with conflicts that nobody decided: edit it where ours is wrong, then delete ${undecided}`;
    return { faults: [`flow-templates/${line.flow}.json ${problem}`], boundByPath: [] };
  }
  const template = await project.template(line.flow);
  const values = await checkValues(project, stage, line);
  const { bindings, faults, boundByPath } = lineBindings(stage, template, values);
  const all: FlowFault[] = [
    ...(stage.adopted === null ? beginningFaults(template, line) : []),
    ...faults,
    ...boundFaults(template, { bindings, values }, faults.length > 0).filter((fault) => !isAt(faults, fault)),
    ...adviceFaults(stage, template),
  ];
  return { faults: [...new Set(all.map((fault) => faultText(template, fault)))], boundByPath };
}

/** Whether one of the faults is at that place already. */
const isAt = (faults: readonly FlowFault[], { path = [] }: FlowFault): boolean =>
  path.length > 0 && faults.some((other) => other.path?.join("/") === path.join("/"));

/** A Flow that does nothing at what reaches it leaves everybody without an answer. */
function beginningFaults({ template }: Template, { channel }: Line): FlowFault[] {
  const at = template.states.findIndex(({ type }) => type === "trigger");
  const trigger = template.states[at];
  const event = beginnings[channel];
  const leadsTo = (from: string) =>
    trigger?.transitions?.find((each) => each.event === from && (each.next ?? "") !== "")?.next ?? "";
  if (trigger === undefined || leadsTo(event) !== "") return [];
  // Flows that were drawn for a number's own webhook begin by another event; calls are another channel.
  const sibling = channel === "voice" ? "" : leadsTo("incomingMessage");
  const isForCalls = channel !== "voice" && leadsTo("incomingCall") !== "";
  const wayOut =
    sibling !== ""
      ? `lead it to ${sibling}, as incomingMessage does`
      : `draw a transition there${isForCalls ? ", or have the line's channel be voice: this Flow begins by incomingCall" : ""}`;
  return [
    {
      path: ["states", at],
      widget: trigger.name,
      problem: `does nothing at ${event}, which starts a line of ${channel}, so customers would get no answer; ${wayOut}`,
    },
  ];
}

/** What Twilio refuses of the definition as it would be deployed, at the places that the file has. */
function boundFaults(
  { template }: Template,
  { bindings, values }: { readonly bindings: Template["bindings"]; readonly values: LineValues },
  isIncomplete: boolean,
): FlowFault[] {
  try {
    const definition = statesToArray(bind(template, bindings, values));
    const { errors } = validate(definition, { isUnknown: (value) => value === unknown });
    return errors.map(({ message, property_path: pointer, widget }) => {
      const path = pathInFile(pointer, definition.states, template);
      const place = path.slice(2).join("/");
      return {
        path,
        ...(widget === undefined ? {} : { widget }),
        problem: `${place}${place === "" ? "" : ": "}${message}`,
      };
    });
  } catch (error) {
    if (!(error instanceof Error && error.name === "StudioError")) throw error;
    // What leads to nothing has been said by itself, and its placeholders are unfilled because of that.
    const isSaid = isIncomplete && "code" in error && error.code === "unfilled-place";
    return isSaid ? [] : [{ problem: error.message }];
  }
}

/** A bound definition has its states by name; the file has them as they were drawn. */
function pathInFile(
  pointer: string,
  bound: readonly { readonly name: string }[],
  { states }: Template["template"],
): (string | number)[] {
  const parts = pathOfPointer(pointer);
  const [first, at, ...rest] = parts;
  if (first !== "states" || typeof at !== "number") return parts;
  return ["states", states.findIndex(({ name }) => name === bound[at]?.name), ...rest];
}

/**
 * What `studio check` has as an error, each naming its widget; missing Functions have been said, with what this stage has. An
 * adopted Flow says what it said before, gaps and all.
 */
function adviceFaults({ adopted }: Stage, { template }: Template): FlowFault[] {
  return advise(template)
    .filter(({ severity, code }) => severity === "error" && (adopted === null || code !== "broken-template"))
    .map(({ message, wayOut, property_path: pointer }) => ({
      path: pathOfPointer(pointer),
      problem: `${message}; ${wayOut}`,
    }));
}
