/**
 * The policy pack: every rule of `rules/`, and every rule of the project's own `policy/`, mandatory, in the previews and
 * deployments of every stage but `local`.
 */
import {
  PolicyPack,
  type PolicyResource,
  type ResourceValidationArgs,
  type ResourceValidationPolicy,
  type StackValidationPolicy,
} from "@pulumi/policy";
import { ownRules, projectVariable } from "./own-rules.ts";
import type { Resource, Rule } from "./rule.ts";
import { addressesOfTheirChannel, agentsHaveOwnPhones } from "./rules/addresses.ts";
import { keptResources } from "./rules/kept-resources.ts";
import { protectedFunctions } from "./rules/protected-functions.ts";
import { secretVariables } from "./rules/secret-variables.ts";
import { soundFlows } from "./rules/sound-flows.ts";

/** `urn:pulumi:<stage>::…` */
const stageIn = (urn: string): string => /^urn:pulumi:(.*?)::/.exec(urn)?.[1] ?? "";

function resourceOf({ type, name, urn, opts, props }: ResourceValidationArgs | PolicyResource): Resource {
  return { type, name, stage: stageIn(urn), isProtected: opts.protect, props };
}

function policyOf({
  name,
  description,
  ofResource,
  ofAll,
}: Rule): ResourceValidationPolicy | StackValidationPolicy {
  const common = { name, description, enforcementLevel: "mandatory" } as const;
  if (ofResource !== undefined) {
    return {
      ...common,
      async validateResource(args, report) {
        for (const wrong of await ofResource(resourceOf(args))) report(wrong);
      },
    };
  }
  return {
    ...common,
    validateStack({ resources }, report) {
      for (const { about, wrong } of ofAll?.(resources.map(resourceOf)) ?? []) {
        const urn = resources.find((each) => each.name === about.name && each.type === about.type)?.urn;
        report(wrong, urn);
      }
    },
  };
}

export const rules: readonly Rule[] = [
  protectedFunctions,
  addressesOfTheirChannel,
  agentsHaveOwnPhones,
  soundFlows,
  keptResources,
];

const own = await ownRules(
  process.env[projectVariable],
  [...rules, secretVariables].map(({ name }) => name),
);
new PolicyPack("support-line", { policies: [...[...rules, ...own].map(policyOf), secretVariables] });
