import { signatureKey, signatures, unknownSentinels } from "./marks.ts";
import {
  Archive,
  Asset,
  secret,
  unknown,
  Unknown,
  type FileSource,
  type Value,
  type ValueMap,
} from "./value.ts";

/** Properties as the engine sends them (a `google.protobuf.Struct` as JavaScript) → values. */
export function wireToValues(properties: unknown): ValueMap {
  if (typeof properties !== "object" || properties === null) return {};
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, wireToValue(value)]));
}

/** One value. */
export function wireToValue(wire: unknown): Value {
  if (typeof wire === "string") return unknownSentinels.has(wire) ? unknown : wire;
  if (typeof wire === "boolean" || typeof wire === "number") return wire;
  if (Array.isArray(wire)) return wire.map(wireToValue);
  if (typeof wire !== "object" || wire === null) return null;
  const map = wire as Readonly<Record<string, unknown>>;
  switch (map[signatureKey]) {
    case undefined:
      return wireToValues(map);
    case signatures.secret:
      return secret(wireToValue(map["value"]));
    case signatures.asset:
      return new Asset(fileSource(map));
    case signatures.archive:
      return new Archive(fileSource(map), wireToValues(map["assets"]));
    case signatures.output:
      return output(map);
    case signatures.resource:
      return resource(map);
    default:
      return wireToValues(Object.fromEntries(Object.entries(map).filter(([key]) => key !== signatureKey)));
  }
}

/** An output value says by the absence of `value` that it is not known; its dependencies are the engine's business. */
function output(map: Readonly<Record<string, unknown>>): Value {
  const value = "value" in map ? wireToValue(map["value"]) : unknown;
  return map["secret"] === true ? secret(value) : value;
}

/** A reference to a resource stands for its id, as the engine itself does for providers that take no references. */
function resource(map: Readonly<Record<string, unknown>>): Value {
  const id = wireToValue(map["id"] ?? map["urn"]);
  return id === "" || id instanceof Unknown ? unknown : id;
}

function fileSource(map: Readonly<Record<string, unknown>>): FileSource {
  const text = (key: string) => (typeof map[key] === "string" && map[key] !== "" ? { [key]: map[key] } : {});
  // An empty file is text too: what has neither path nor address is its text.
  const empty = map["text"] === "" && !map["path"] && !map["uri"] ? { text: "" } : {};
  return { ...empty, ...text("text"), ...text("path"), ...text("uri"), ...text("hash") };
}
