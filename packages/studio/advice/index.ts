/** Advice on Flows, beyond what Twilio validates. */
export { advise, unreadableLiquid, type Advice, type AdviceOptions } from "./advise.ts";
export { adviceRules } from "./rules.ts";
export type { Finding, Rule, Severity } from "./rule.ts";
export { nearName } from "./near-name.ts";
