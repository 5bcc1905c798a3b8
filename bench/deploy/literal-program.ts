/**
 * The resources of a deployed stage as a program that thinks nothing: each is declared with what the state has of it, in
 * resources.json beside it. What a preview of it takes beside a provider that does nothing is Pulumi's own share.
 */
import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";
import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Recorded {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly parent?: string;
  readonly dependencies?: readonly string[];
  readonly inputs?: Readonly<Record<string, unknown>>;
}

/** Pulumi's own class is for those who declare a type; the types here come from the state. */
class Literal extends pulumi.CustomResource {}

const recorded = JSON.parse(readFileSync(join(import.meta.dirname, "resources.json"), "utf8")) as Recorded[];
const provider = new twilio.Provider("twilio", {});
const made = new Map<string, pulumi.Resource>();
const known = (urns: readonly string[]) => urns.flatMap((urn) => made.get(urn) ?? []);

for (const { urn, type, custom, parent, dependencies = [], inputs = {} } of recorded) {
  const name = urn.slice(urn.lastIndexOf("::") + 2);
  const [above] = parent === undefined ? [] : known([parent]);
  const options = { dependsOn: known(dependencies), ...(above === undefined ? {} : { parent: above }) };
  made.set(
    urn,
    custom
      ? new Literal(type, name, inputs, { ...options, provider })
      : new pulumi.ComponentResource(type, name, {}, options),
  );
}
