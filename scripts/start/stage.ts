import { z } from "zod";
import { bind } from "@support-line/studio";
import { readStage, type Stage } from "../../infra/config.ts";
import { loadTemplate } from "../../flow-templates/load.ts";
import type { Words } from "./conversation.ts";
import { pulumiJson } from "./pulumi.ts";

/** A deployed stage, as far as somebody who talks to it has to know it. */
export interface DeployedStage extends Stage {
  /** Where the provider reaches Twilio; undefined: at Twilio's own hosts. */
  readonly endpoint: string | undefined;
  readonly authToken: string | undefined;
}

const config = z.record(
  z.string(),
  z.object({ value: z.string().optional(), objectValue: z.unknown().optional() }),
);

/**
 * Reads a stage as the program will: Pulumi merges its file, the project's defaults and what is encrypted.
 *
 * @throws StageError naming every fault in the stage file
 */
export async function deployedStage(root: string, name: string): Promise<DeployedStage> {
  const values = config.parse(await pulumiJson(root, name, ["config"]));
  const own = Object.entries(values).flatMap(([key, { value, objectValue }]) =>
    key.startsWith("support-line:") ? [[key.slice("support-line:".length), objectValue ?? value]] : [],
  );
  return {
    ...readStage(name, Object.fromEntries(own) as Record<string, unknown>),
    endpoint: values["twilio:endpoint"]?.value,
    authToken: values["twilio:authToken"]?.value,
  };
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
export async function wordsOf(stage: Stage, flow: string): Promise<Words> {
  const { template, bindings } = await loadTemplate(flow);
  const address = { serviceSid: "", environmentSid: "", functionSid: "", url: "" };
  const functions = new Proxy({}, { get: () => address });
  const { wordings, keywords } = stage;
  const { states } = definition.parse(bind(template, bindings, { line: "", functions, wordings, keywords }));
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
