/** The Pulumi provider `twilio`. Started by the engine through `pulumi-resource-twilio`; served in tests by `serve`. */
export { serve, type Serving } from "./rpc/serve.ts";
export { version } from "./version.ts";
