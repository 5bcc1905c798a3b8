/** What a Twilio Function is: the handler's contract, in child processes that stay warm. */
export { createFunctionsHost, type FunctionsHost, type FunctionsHostOptions } from "./host.ts";
export { assetsFolderOf, deploymentFromFiles, functionPathsIn, type FilesOptions } from "./from-files.ts";
export { FunctionsError, functionsErrors } from "./errors.ts";
export { createFunctionsPool, type FunctionsPool } from "./pool.ts";
export { networkEnvironment, type Network } from "./network.ts";
export { limits } from "./limits.ts";
export { signRequest, isSigned, type Parameters } from "./signature.ts";
export type * from "./types.ts";
