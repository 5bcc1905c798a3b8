/** What a stage is called at Twilio. Made of project and stage, so that the `prod` of two projects are two in one account. */

/** Twilio's limit of a Service's unique name (https://www.twilio.com/docs/serverless/api/resource/service). */
export const longestUniqueName = 50;

export interface StageName {
  /** The project's name, as `Pulumi.yaml` says it. */
  readonly project: string;
  readonly name: string;
}

/**
 * The unique name of what a stage has one of: `my-line-prod`. Letters, digits and dashes; what else a project's name may
 * hold becomes a dash.
 */
export function uniqueNameOf({ project, name }: StageName): string {
  return `${project}-${name}`.replace(/[^A-Za-z0-9-]+/g, "-");
}

/** A project's name as people read it in lists of the Console: `my-line` is `My line`. */
export function titleOf(project: string): string {
  const words = project.replace(/[-_.]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
