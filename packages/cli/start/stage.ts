import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Line, Project, Stage } from "@support-line/stage";
import { checkValues } from "@support-line/stage/check";
import { yamlIn } from "@support-line/stage/project-folder";
import { boundFlow } from "@support-line/stage/templates";
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
  const { config } = ownKeys.parse(yamlIn(stageFile(project, name)));
  return { ...stage, endpoint: config["twilio:endpoint"], authToken: config["twilio:authToken"] };
}

const stageFile = (project: Project, name: string) => join(project.folder, `Pulumi.${name}.yaml`);

/**
 * Has a stage's own Twilio listen at another port from now on: its file says so, and nothing else in it changes.
 *
 * @returns the endpoint
 */
export function moveToPort(
  project: Project,
  name: string,
  { endpoint }: DeployedStage,
  port: number,
): string {
  const moved = new URL(endpoint ?? "http://127.0.0.1:4010");
  moved.port = String(port);
  const text = moved.href.replace(/\/$/, "");
  if (text === endpoint) return text;
  const file = stageFile(project, name);
  const before = readFileSync(file, "utf8");
  const after = before.replace(
    /^(\s*["']?twilio:endpoint["']?:\s*)\S.*$/m,
    (_, key: string) => `${key}${text}`,
  );
  writeFileSync(file, after);
  return text;
}

const definition = z.object({
  states: z.record(
    z.string(),
    z.object({
      properties: z.looseObject({}),
      transitions: z.array(
        z.object({
          conditions: z
            .array(
              z.looseObject({
                friendly_name: z.string(),
                arguments: z.array(z.unknown()).default([]),
                type: z.string().default(""),
                value: z.unknown(),
              }),
            )
            .optional(),
        }),
      ),
    }),
  ),
});

/** What the Flow of a line listens to and says. */
export interface FlowWords {
  /** Of a Flow with the widgets of the support Flow; null for any other. */
  readonly support: Words | null;
  /** Words that a first message is compared with, in the order of the widgets. */
  readonly listensTo: readonly string[];
}

/** The words of a line's Flow: its template's, or the stage's own. */
export async function wordsOf(project: Project, stage: Stage, line: Line): Promise<FlowWords> {
  const template = await project.template(line.flow);
  const values = await checkValues(project, stage, line);
  const { states } = definition.parse(boundFlow(stage, template, values).definition);
  const text = (widget: string) => {
    const body = states[widget]?.properties["body"];
    return typeof body === "string" ? body : "";
  };
  const keyword = (name: string) => {
    const found = states["check-support"]?.transitions
      .flatMap(({ conditions = [] }) => conditions)
      .find(({ friendly_name: friendlyName }) => friendlyName === name)?.value;
    return typeof found === "string" ? found : "";
  };
  const support = {
    support: keyword("Support"),
    done: keyword("Done"),
    agentAdded: text("support-confirmation-message"),
    agentRemoved: text("agent-removed-message"),
  };
  // Some Flows keep the message in a variable first.
  const kept = Object.values(states).flatMap(({ properties }) => variablesOfMessage(properties["variables"]));
  return {
    support: Object.values(support).every((each) => each !== "") ? support : null,
    listensTo: Object.values(states).flatMap(({ transitions }) =>
      transitions.flatMap(({ conditions = [] }) => conditions.flatMap((each) => wordsIn(each, kept))),
    ),
  };
}

const isMessage = (text: unknown): boolean => typeof text === "string" && /trigger\.[\w.]*Body/.test(text);

/** Names of the variables that a Set Variables widget fills with what somebody wrote. */
function variablesOfMessage(variables: unknown): string[] {
  const { data = [] } = z.array(z.object({ key: z.string(), value: z.unknown() })).safeParse(variables);
  return data.filter(({ value }) => isMessage(value)).map(({ key }) => key);
}

/** The first word that a condition compares what somebody wrote with. */
function wordsIn(
  {
    arguments: compared,
    type,
    value,
  }: { readonly arguments: readonly unknown[]; readonly type: string; readonly value?: unknown },
  kept: readonly string[],
): string[] {
  const isOfMessage = compared.some(
    (each) =>
      isMessage(each) ||
      kept.some((name) => typeof each === "string" && each.includes(`flow.variables.${name}`)),
  );
  const isWord = ["equal_to", "matches_any_of", "contains", "starts_with"].includes(type);
  if (!isOfMessage || !isWord || typeof value !== "string" || value.includes("{{")) return [];
  return value
    .split(",")
    .slice(0, 1)
    .filter((word) => word.trim() !== "");
}
