import type { Resource } from "@support-line/twilio-api";
import { rowToShape } from "../shape/row-to-shape.ts";
import type { Field, Shape } from "../shape/shape.ts";

/** What resources with code of their own take and show beyond their rows. The schema needs these without the code. */
const own: Readonly<Record<string, (shape: Shape) => Shape>> = {
  "twilio:serverless:Function": (shape) => versioned(shape, "Function", "file of JavaScript"),
  "twilio:serverless:Asset": (shape) => versioned(shape, "Asset", "file"),
  "twilio:serverless:Build": (shape) =>
    changed(shape, {
      dependencies: {
        description:
          'What npm installs: a map of package to version, `{twilio: "6.2.0"}`, or Twilio\'s own list of {name, version}. A change of it makes a new Build.',
      },
    }),
  "twilio:serverless:Deployment": (shape) =>
    changed(shape, {
      buildSid: {
        required: true,
        replaces: false,
        description:
          "The Build that the Environment runs (ZB…). Another one is deployed in its place, in one call.",
      },
    }),
  "twilio:studio:Flow": (shape) =>
    changed(shape, {
      definition: {
        description:
          "The Flow Definition: an object as Studio exports it, or JSON text. Its states may be a list or a map by widget name.",
      },
      commitMessage: {
        description: "Why this revision was made. Twilio demands one, so it is made up when left out.",
      },
    }),
};

/** The shape of a resource: its row's, and what code of its own adds. */
export function shapeOf(row: Resource): Shape {
  const shape = rowToShape(row);
  return own[row.token]?.(shape) ?? shape;
}

/** A Function or an Asset is one thing here, and two at Twilio: itself, and its versions with what is in them. */
function versioned(shape: Shape, noun: string, file: string): Shape {
  const field = (name: string, type: Field["type"], description: string): Field => ({
    name,
    type,
    required: true,
    replaces: false,
    secret: false,
    description,
  });
  const inputs = [
    field(
      "path",
      { kind: "string", maxLength: 255 },
      `Where the ${noun} is called below the Environment's domain, \`/hello\`.`,
    ),
    field(
      "visibility",
      { kind: "string", enum: ["public", "protected", "private"] },
      "`public` answers everyone, `protected` only requests signed by Twilio, `private` has no URL.",
    ),
    field("content", { kind: "asset" }, `The ${file}. A change of it uploads a new version.`),
  ];
  const version = field(
    "versionSid",
    { kind: "string", sid: "ZN" },
    `The version that was uploaded last (ZN…); Builds are made of those.`,
  );
  return { ...shape, inputs: [...shape.inputs, ...inputs], outputs: [...shape.outputs, ...inputs, version] };
}

function changed(shape: Shape, fields: Readonly<Record<string, Partial<Field>>>): Shape {
  const change = (field: Field): Field => ({ ...field, ...fields[field.name] });
  return { ...shape, inputs: shape.inputs.map(change), outputs: shape.outputs.map(change) };
}
