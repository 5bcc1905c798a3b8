import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";
import { bind } from "@support-line/studio";
import { lineValues, type FlexPlace } from "@support-line/stage/templates";
import type { Line, Project, Stage } from "@support-line/stage";
import type { FunctionsService } from "./functions-service.ts";

export interface LineFlowArgs {
  readonly project: Project;
  readonly stage: Stage;
  readonly line: Line;
  readonly functions: FunctionsService;
  /** Where customers are handed over, in a stage with Flex. */
  readonly flex: FlexPlace | undefined;
  /** A definition to publish in place of the template's, and why. */
  readonly instead?: { readonly definition: Record<string, unknown>; readonly reason?: string } | undefined;
}

/**
 * The Flow that answers a line: its template, with the stage's Functions and wordings in the places that the bindings
 * beside the template name. Only those places are unknown in a first preview.
 */
export class LineFlow extends pulumi.ComponentResource {
  readonly sid: pulumi.Output<string>;
  readonly revision: pulumi.Output<number>;

  /**
   * Declares the Flow of a line.
   *
   * @throws TemplateError, StudioError when the template cannot be read or bound
   */
  static async create(
    name: string,
    args: LineFlowArgs,
    options?: pulumi.ComponentResourceOptions,
  ): Promise<LineFlow> {
    if (args.instead !== undefined) return new LineFlow(name, args, args.instead.definition, options);
    const { template, bindings } = await args.project.template(args.line.flow);
    const definition = bind(
      template,
      bindings,
      lineValues(args.stage, args.line, args.functions.addresses, args.flex),
    );
    return new LineFlow(name, args, definition, options);
  }

  private constructor(
    name: string,
    { stage, line, functions, instead }: LineFlowArgs,
    definition: pulumi.Input<Record<string, pulumi.Input<unknown>>>,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("support-line:index:LineFlow", name, {}, options);
    const flow = new twilio.studio.Flow(
      name,
      {
        friendlyName: `${line.name} line (${stage.name})`,
        status: "published",
        commitMessage: instead?.reason ?? `Deployed by Pulumi to ${stage.name}`,
        definition,
      },
      // The Flow names Functions, not code: it waits for the first Deployment and is no different after the next.
      { parent: this, dependsOn: functions.deployment },
    );
    this.sid = flow.sid;
    this.revision = flow.revision;
    this.registerOutputs({ sid: this.sid });
  }
}
