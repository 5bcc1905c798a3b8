import type { Input, Resource, ValueType } from "@support-line/twilio-api";
import { describeParent, describeResource, factsOfInput, factsOfOutput } from "./describe.ts";
import { fromPascal, fromSnake, inputPath } from "./names.ts";
import type { Field, FieldType, Shape } from "./shape.ts";

/** Response properties that lead to other resources; a program has the resources themselves. */
const leftOut = new Set(["links", "subresource_uris"]);

/** The account of a 2010-04-01 path: the provider's own unless a program says otherwise. */
export const accountParent = "AccountSid";

/** A row of the API → what the plain engine takes and shows. Pure. */
export function rowToShape(row: Resource): Shape {
  const parents = row.parents.map((parent) => parentField(row, parent));
  const inputs = [
    ...parents,
    ...nest(
      row,
      row.inputs.map((input) => ({ input, path: inputPath(input.name) })),
    ),
  ];
  return { token: row.token, description: describeResource(row), inputs, outputs: outputFields(row, inputs) };
}

function parentField(row: Resource, parent: Resource["parents"][number]): Field {
  const { sid } = parent;
  const input = row.inputs.find(({ name }) => name === parent.name);
  return {
    name: fromPascal(parent.name),
    type: sid === null ? { kind: "string" } : { kind: "string", sid },
    required: parent.name !== accountParent,
    replaces: true,
    secret: false,
    ...(input?.filledIn === true && { filledIn: true }),
    parent: true,
    description: describeParent(parent.name, sid),
  };
}

interface Placed {
  readonly input: Input;
  /** What is left of the path below the object that is being built. */
  readonly path: readonly string[];
}

/** `AutoCreation.Enabled`, `AutoCreation.Type` → one field `autoCreation` with two below it. */
function nest(row: Resource, placed: readonly Placed[]): Field[] {
  const byName = Map.groupBy(placed, ({ path }) => path[0] ?? "");
  return [...byName].map(([name, group]) => {
    const leaf = group.find(({ path }) => path.length === 1);
    if (leaf !== undefined && group.length === 1) return leafField(row, name, leaf.input);
    const below = group.filter(({ path }) => path.length > 1);
    const fields = nest(
      row,
      below.map(({ input, path }) => ({ input, path: path.slice(1) })),
    );
    return {
      name,
      type: { kind: "object", fields },
      required: false,
      replaces: false,
      secret: false,
      description: "",
    };
  });
}

function leafField(row: Resource, name: string, input: Input): Field {
  return {
    name,
    type: inputType(input),
    required: input.required && input.onCreate,
    replaces: !input.onUpdate,
    secret: input.secret,
    ...(staysAsItIs(row, input) && { filledIn: true }),
    description: factsOfInput(input),
  };
}

/** Whether Twilio keeps what it has where a program says nothing: what it filled in, and what no update takes away. */
function staysAsItIs({ operations: { update } }: Resource, input: Input): boolean {
  return input.filledIn === true || (input.onUpdate && update?.method === "POST" && !isClearable(input));
}

/**
 * Whether something takes a value away again: an empty one (in JSON null) does, for texts and lists. For numbers,
 * truth values and words nothing does; Twilio keeps what it has, and what it filled in by itself is never taken away.
 */
export function isClearable({ type, filledIn }: Input): boolean {
  if (filledIn === true) return false;
  return type.kind === "array" || type.kind === "json" || (type.kind === "string" && type.enum === undefined);
}

function outputFields(row: Resource, inputs: readonly Field[]): Field[] {
  const taken = new Set(inputs.map(({ name }) => name));
  const computed = row.properties
    .filter(({ name }) => !leftOut.has(name))
    .map((property): Field => {
      const secret = row.secretProperties.includes(property.name);
      return {
        name: outputName(property.name),
        type: fieldType(property.type),
        // Twilio's documents call every property nullable; what it computes itself is there once the object is.
        required: true,
        replaces: false,
        secret,
        description: factsOfOutput(property),
      };
    })
    .filter(({ name }) => !taken.has(name));
  // Where something is, and what Twilio fills in by itself, is known of everything that there is.
  const filledIn = new Set(
    row.inputs.filter((input) => input.filledIn === true).map(({ name }) => fromPascal(name)),
  );
  const isKnown = ({ name, parent }: Field): boolean => parent === true || filledIn.has(name);
  const shown = inputs.map((field) => (isKnown(field) ? { ...field, required: true } : field));
  return [...shown, ...computed];
}

/** `id` and `urn` are Pulumi's own words. */
export function outputName(property: string): string {
  const name = fromSnake(property);
  return name === "id" || name === "urn" ? `twilio${name.slice(0, 1).toUpperCase()}${name.slice(1)}` : name;
}

/** The kind of an input's value. */
export function inputType(input: Input): FieldType {
  const type = fieldType(input.type);
  return type.kind === "array" ? { ...type, unordered: input.unordered ?? false } : type;
}

/** The kind of a value. */
export function fieldType(type: ValueType): FieldType {
  switch (type.kind) {
    case "array":
      return { kind: "array", items: fieldType(type.items), unordered: false };
    case "object":
      return {
        kind: "object",
        fields: type.properties.map((property) => ({
          name: outputName(property.name),
          type: fieldType(property.type),
          required: false,
          replaces: false,
          secret: false,
          description: "",
        })),
      };
    case "string":
    case "json":
      return type.holds === undefined ? type : opened(fieldType(type.holds));
    case "integer":
    case "number":
    case "boolean":
      return type;
  }
}

/** What is known of the inside of JSON: all of it may hold more. */
function opened(type: FieldType): FieldType {
  if (type.kind === "array") return { ...type, items: opened(type.items) };
  if (type.kind !== "object") return type;
  const fields = type.fields.map((field) => ({ ...field, type: opened(field.type) }));
  return { ...type, fields, open: true };
}
