/** What a stack's state says of a stage, as far as somebody who leaves needs it. Nothing is asked of Twilio. */
import type { FlowDefinition, State } from "@support-line/studio";
import { z } from "zod";
import { CliError } from "../errors.ts";
import type { Leaving } from "./leave-which.ts";
import { stageOutputs } from "./outputs.ts";
import { pulumi } from "./pulumi.ts";
import { nameOf } from "./rollback-state.ts";

export interface Deployment {
  /** Of the Service; empty where the stage has no Functions. */
  readonly uniqueName: string;
  readonly domainName: string;
  readonly domainSuffix: string;
  /** Keys of the Variables, in order. */
  readonly variables: readonly string[];
  readonly flows: readonly { readonly line: string; readonly definition: FlowDefinition }[];
}

const exported = z.object({
  deployment: z.object({
    resources: z
      .array(
        z.object({
          urn: z.string(),
          type: z.string(),
          outputs: z.record(z.string(), z.unknown()).optional(),
        }),
      )
      .default([]),
  }),
});
const keyed = z.looseObject({ states: z.record(z.string(), z.looseObject({})) });

/**
 * Reads it.
 *
 * @throws CliError when the stage is not deployed
 */
export async function readDeployment({
  stage: { name: stage },
  line,
  functions,
}: Pick<Leaving, "stage" | "line" | "functions">): Promise<Deployment> {
  const [outputs, state] = await Promise.all([stageOutputs(stage), pulumi(stage, ["stack", "export"])]);
  const { resources } = exported.parse(JSON.parse(state)).deployment;
  const ofType = (type: string) =>
    resources.flatMap((each) => (each.type === type && each.outputs !== undefined ? [each.outputs] : []));
  const service = resources.find(
    ({ urn, type }) => type === "twilio:serverless:Service" && nameOf(urn) === functions,
  )?.outputs;
  const inService = ({ serviceSid }: Readonly<Record<string, unknown>>) => serviceSid === service?.["sid"];
  const environment = ofType("twilio:serverless:Environment").find(inService);
  const flows = ofType("twilio:studio:Flow");
  return {
    uniqueName: text(service?.["uniqueName"]),
    domainName: text(environment?.["domainName"]),
    domainSuffix: text(environment?.["domainSuffix"]),
    variables: ofType("twilio:serverless:Variable")
      .filter(inService)
      .map(({ key }) => text(key))
      .sort(),
    flows: outputs.lines.flatMap(({ name, flowSid }) => {
      if (line !== null && name !== line) return [];
      const { success, data } = keyed.safeParse(flows.find(({ sid }) => sid === flowSid)?.["definition"]);
      if (!success) throw new CliError("stage-not-deployed", { stage });
      const { states, ...envelope } = data;
      const listed = Object.entries(states).map(
        ([widget, state]) => ({ name: widget, ...state }) as unknown as State,
      );
      return [{ line: name, definition: { ...envelope, states: listed } as unknown as FlowDefinition }];
    }),
  };
}

const text = (value: unknown) => (typeof value === "string" ? value : "");
