import type { Field, FieldType, Shape } from "../shape/shape.ts";
import { whatIs, whatIsProperty } from "../words/words.ts";

/** A shape whose fields say what they are for, before what the row knows of them. */
export function worded(shape: Shape): Shape {
  const is = whatIs(shape.token);
  return {
    ...shape,
    description: is === undefined ? shape.description : `${is} ${shape.description}`,
    inputs: wordedFields(shape.token, shape.inputs),
    outputs: wordedFields(shape.token, shape.outputs),
  };
}

/** The fields of a resource, or of what it holds, with their words. */
export function wordedFields(token: string, fields: readonly Field[], place = ""): Field[] {
  return fields.map((field) => {
    const own = place + field.name;
    const said = whatIsProperty(token, own);
    const says = field.parent === true && field.description !== "" ? "" : (said?.says ?? "");
    const description = [says, factsBeside(says, field)].filter((text) => text !== "").join(" ");
    return { ...field, description, type: wordedType(token, field.type, own, said?.values) };
  });
}

/** What the row knows of a field, but for the words that it takes where its sentence names each of them. */
function factsBeside(says: string, { type, description }: Field): string {
  const named = type.kind === "string" && type.enum?.every((word) => says.includes(`\`${word}\``));
  return named === true ? description.replace(/^One of [^.]*\. ?/, "") : description;
}

function wordedType(
  token: string,
  type: FieldType,
  place: string,
  meanings: Readonly<Record<string, string>> | undefined,
): FieldType {
  switch (type.kind) {
    case "object":
      return { ...type, fields: wordedFields(token, type.fields, `${place}.`) };
    case "array":
      return { ...type, items: wordedType(token, type.items, place, meanings) };
    case "map":
      return { ...type, values: wordedType(token, type.values, place, meanings) };
    case "string":
      return meanings === undefined ? type : { ...type, meanings };
    case "integer":
    case "number":
    case "boolean":
    case "json":
    case "asset":
      return type;
  }
}
