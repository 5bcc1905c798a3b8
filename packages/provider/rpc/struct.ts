import struct from "google-protobuf/google/protobuf/struct_pb.js";
import type { ValueMap } from "../values/value.ts";
import { valuesToWire } from "../values/values-to-wire.ts";
import { wireToValues } from "../values/wire-to-values.ts";

/** A protobuf Struct of the engine → values; nothing is an empty map. */
export function structToValues(properties: struct.Struct | undefined): ValueMap {
  return properties === undefined ? {} : wireToValues(properties.toJavaScript());
}

/** Values → a protobuf Struct for the engine. */
export function valuesToStruct(values: ValueMap): struct.Struct {
  return struct.Struct.fromJavaScript(valuesToWire(values));
}
