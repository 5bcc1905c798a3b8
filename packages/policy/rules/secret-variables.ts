/**
 * No plain-text secret. Pulumi shows a rule every value without saying which ones are secret, but for one that could fix
 * what it finds: so this is written as one, and fixes it by making the value secret.
 */
import { Secret, type ResourceValidationPolicy } from "@pulumi/policy";
import { looksSecret } from "@support-line/twilio-api/looks-secret";
import { bare } from "../rule.ts";

export const secretVariables: ResourceValidationPolicy = {
  name: "what-looks-secret-is-secret",
  description:
    "A Variable that looks like a secret is kept encrypted in the state and shown to nobody, also when its value came in plain. Take it out of the stage file: pulumi config set --secret.",
  enforcementLevel: "remediate",
  remediateResource({ type, props }) {
    if (type !== "twilio:serverless:Variable") return undefined;
    const raw = bare(props) as Readonly<Record<string, unknown>>;
    const [key, value] = [raw["key"], raw["value"]];
    if (typeof key !== "string" || typeof value !== "string" || !looksSecret(key, value)) return undefined;
    return { ...props, value: new Secret(value) };
  },
};
