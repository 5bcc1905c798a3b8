/** Where Pulumi's generator is once it was built from today's sources. */
export function genSdkPath(root: string): string;
/** Builds Pulumi's generator of Node.js SDKs, unless it is there: `gen-sdk <schema.json> <folder>`. */
export function ensureGenSdk(root: string): Promise<string>;
