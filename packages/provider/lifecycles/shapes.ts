import type { Resource } from "@support-line/twilio-api";
import { rowToShape } from "../shape/row-to-shape.ts";
import type { Field, Shape } from "../shape/shape.ts";

/** What resources with code of their own take and show beyond their rows. The schema needs these without the code. */
const own: Readonly<Record<string, (shape: Shape) => Shape>> = {
  "twilio:serverless:Function": versioned,
  "twilio:serverless:Asset": versioned,
  "twilio:serverless:Deployment": (shape) =>
    changed(shape, { buildSid: { required: true, replaces: false, description: "A SID (ZB…)." } }),
};

/** The shape of a resource: its row's, and what code of its own adds. */
export function shapeOf(row: Resource): Shape {
  const shape = rowToShape(row);
  return own[row.token]?.(shape) ?? shape;
}

/** A Function or an Asset is one thing here, and two at Twilio: itself, and its versions with what is in them. */
function versioned(shape: Shape): Shape {
  const field = (name: string, type: Field["type"], description = ""): Field => ({
    name,
    type,
    required: true,
    replaces: false,
    secret: false,
    description,
  });
  const visibility = ["public", "protected", "private"];
  const inputs = [
    field("path", { kind: "string", maxLength: 255 }, "At most 255 characters."),
    field("visibility", { kind: "string", enum: visibility }),
    field("content", { kind: "asset" }),
  ];
  const version = field("versionSid", { kind: "string", sid: "ZN" }, "A SID (ZN…).");
  return { ...shape, inputs: [...shape.inputs, ...inputs], outputs: [...shape.outputs, ...inputs, version] };
}

function changed(shape: Shape, fields: Readonly<Record<string, Partial<Field>>>): Shape {
  const change = (field: Field): Field => ({ ...field, ...fields[field.name] });
  return { ...shape, inputs: shape.inputs.map(change), outputs: shape.outputs.map(change) };
}
