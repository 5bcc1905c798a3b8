import { bind } from "@support-line/studio";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { Project, Stage } from "@support-line/stage";
import { lineValues } from "@support-line/stage/templates";
import type { Words } from "./conversation.ts";

/** A deployed stage, as far as somebody who talks to it has to know it. */
export interface DeployedStage extends Stage {
  /** Where the provider reaches Twilio; undefined: at Twilio's own hosts. */
  readonly endpoint: string | undefined;
  readonly authToken: string | undefined;
}

const ownKeys = z.object({
  config: z.object({
    "twilio:endpoint": z.string().optional(),
    "twilio:authToken": z.string().optional(),
  }),
});

/**
 * Reads a stage whose own Twilio is named in its file.
 *
 * @throws StageError naming every fault in the stage file
 */
export function deployedStage(project: Project, name: string): DeployedStage {
  const stage = project.stage(name);
  const { config } = ownKeys.parse(parse(readFileSync(join(project.folder, `Pulumi.${name}.yaml`), "utf8")));
  return { ...stage, endpoint: config["twilio:endpoint"], authToken: config["twilio:authToken"] };
}

const definition = z.object({
  states: z.record(
    z.string(),
    z.object({
      properties: z.looseObject({ body: z.string().optional() }),
      transitions: z.array(
        z.object({
          conditions: z.array(z.object({ friendly_name: z.string(), value: z.string() })).optional(),
        }),
      ),
    }),
  ),
});

/** What the Flow of a stage's line listens to and says: its template's words, or the stage's own. */
export async function wordsOf(project: Project, stage: Stage, flow: string): Promise<Words> {
  const { template, bindings } = await project.template(flow);
  const address = { serviceSid: "", environmentSid: "", functionSid: "", url: "" };
  const functions = new Proxy({}, { get: () => address });
  const line = { name: "", queues: [], answerWithin: 1 };
  const { states } = definition.parse(bind(template, bindings, lineValues(stage, line, functions)));
  const text = (widget: string) => states[widget]?.properties.body ?? "";
  const keyword = (name: string) =>
    states["check-support"]?.transitions
      .flatMap(({ conditions = [] }) => conditions)
      .find(({ friendly_name: friendlyName }) => friendlyName === name)?.value ?? "";
  return {
    support: keyword("Support"),
    done: keyword("Done"),
    agentAdded: text("support-confirmation-message"),
    agentRemoved: text("agent-removed-message"),
  };
}
