import { allResources, isResource } from "@support-line/twilio-api";
import { configurationFields } from "../configuration/configuration.ts";
import { shapeOf } from "../lifecycles/shapes.ts";
import type { Field, Shape } from "../shape/shape.ts";
import { lookupsOf, type Lookup } from "../lookups/lookups.ts";
import { genericShape } from "../shape/generic-shape.ts";
import { version } from "../version.ts";
import { descriptionOf } from "./description.ts";
import { readWritten, type Written } from "./examples.ts";
import { languages, published } from "./languages.ts";
import { NamedTypes, propertySpec, type PropertySpec } from "./property-spec.ts";
import { worded, wordedFields } from "./worded.ts";

/** A Pulumi package schema (https://www.pulumi.com/docs/iac/guides/building-extending/packages/schema/). */
export interface PackageSchema {
  readonly name: string;
  readonly version: string;
  readonly [key: string]: unknown;
}

/**
 * The schema of the provider, from the rows of the API, the words and the examples.
 *
 * @param written the examples in other languages than YAML
 */
export function packageSchema(written: Written = readWritten()): PackageSchema {
  const types = new NamedTypes();
  const shapes = [
    ...allResources()
      .filter(isResource)
      .map((row) => worded(shapeOf(row))),
    genericShape,
  ];
  const lookups = allResources().flatMap(lookupsOf);
  const resources = Object.fromEntries(
    shapes.map((shape) => [shape.token, resourceSpec(shape, types, written)]),
  );
  return {
    name: "twilio",
    displayName: "Twilio",
    version,
    description:
      "Twilio's configuration as resources: Serverless, Studio, Conversations, TaskRouter, Flex and the rest of its API.",
    ...published,
    meta: { moduleFormat: "(.*)" },
    language: languages,
    config: { variables: fieldSpecs("Provider", configurationFields, types) },
    types: types.specs,
    provider: {
      description: "An account of Twilio, or what stands for it, and the credentials to it.",
      inputProperties: fieldSpecs("Provider", configurationFields, types),
    },
    resources,
    functions: Object.fromEntries(lookups.map((lookup) => [lookup.token, functionSpec(lookup, types)])),
  };
}

function resourceSpec(shape: Shape, types: NamedTypes, written: Written) {
  return {
    description: descriptionOf(shape, written),
    properties: fieldSpecs(shape.token, shape.outputs, types),
    required: names(shape.outputs),
    inputProperties: fieldSpecs(shape.token, shape.inputs, types),
    requiredInputs: names(shape.inputs),
  };
}

function functionSpec({ token, kind, row, inputs, outputs }: Lookup, types: NamedTypes) {
  const noun = row.token.split(":").at(-1) ?? "";
  return {
    description:
      kind === "get"
        ? `Reads one ${noun} from Twilio.`
        : `Lists every ${noun} there is, or those that the filters let through; 1,000 at most.`,
    inputs: {
      type: "object",
      properties: fieldSpecs(`${token}Args`, inputs, types),
      required: names(inputs),
    },
    outputs: {
      type: "object",
      // An object type is the resource's own.
      properties:
        kind === "get"
          ? fieldSpecs(row.token, wordedFields(row.token, outputs), types)
          : Object.fromEntries(outputs.map((list) => [list.name, itemsSpec(row.token, list, types)])),
      required: names(outputs),
    },
  };
}

/** The list that a lookup of many answers: what each of its entries says is what the resource shows. */
function itemsSpec(token: string, { type, description }: Field, types: NamedTypes): PropertySpec {
  const fields = type.kind === "array" && type.items.kind === "object" ? type.items.fields : [];
  const items = types.addObject(`${token}Item`, wordedFields(token, fields), token);
  return { type: "array", items, description };
}

function fieldSpecs(
  owner: string,
  fields: readonly Field[],
  types: NamedTypes,
): Record<string, PropertySpec> {
  return Object.fromEntries(fields.map((field) => [field.name, propertySpec(owner, field, types)]));
}

function names(fields: readonly Field[]): string[] {
  return fields.filter(({ required }) => required).map(({ name }) => name);
}

/** The schema as it is committed. */
export function schemaText(written: Written = readWritten()): string {
  return `${JSON.stringify(packageSchema(written), null, 1)}\n`;
}
