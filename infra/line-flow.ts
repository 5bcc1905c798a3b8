import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";
import { boundFlow, lineValues, type FlexPlace } from "@support-line/stage/templates";
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
 * beside the template name, and the URLs of an exported Flow say. Only those places are unknown in a first preview.
 */
export class LineFlow extends pulumi.ComponentResource {
  readonly sid: pulumi.Output<string>;
  readonly revision: pulumi.Output<number>;

  /**
   * Declares the Flow of a line.
   *
   * @throws TemplateError, StudioError when the template cannot be read or bound, or leads to nothing of the stage
   */
  static async create(
    name: string,
    args: LineFlowArgs,
    options?: pulumi.ComponentResourceOptions,
  ): Promise<LineFlow> {
    if (args.instead !== undefined) return new LineFlow(name, args, args.instead.definition, options);
    const { project, stage, line, functions, flex } = args;
    const values = lineValues(stage, line, functions.addresses, flex, functions.assets);
    const template = await project.template(line.flow);
    const { definition, boundByPath } = boundFlow(stage, template, values);
    for (const { widget, to } of boundByPath) {
      await pulumi.log.info(
        `${template.file}: ${widget} leads to ${to} of this stage, by the path of its URL`,
      );
    }
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
