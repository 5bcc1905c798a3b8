/** What people type besides Pulumi, and `npx pulumi` itself. */
export { CliError, cliErrors } from "./errors.ts";
export { pulumiEnvironment, stateFolder } from "./pulumi/environment.ts";
export { pulumiFolder } from "./pulumi/pulumi-cli.ts";
export { localStage } from "./pulumi/stage-of.ts";
