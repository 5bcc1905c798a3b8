/**
 * A stage file that gets one more adopted line, or loses one. What else stands in it stays, comments among it. Pure.
 */
import { firstNames } from "@support-line/stage";
import type { YAMLSeq } from "yaml";
import { isMap, isSeq, parseDocument, YAMLMap, type Document } from "yaml";
import { z } from "zod";
import type { LineValues } from "./files.ts";

type File = Document.Parsed;

/** Which keys of the short form are a line's; the others are its Services. */
const ofLine = ["answeredBy", "flow", "address", "number"];

/**
 * The file with this line: added, or in the place of what it said of it.
 *
 * @param project its name
 */
export function withLine(
  text: string,
  project: string,
  { line, described, conversations, functions }: LineValues,
): string {
  const file = parseDocument(text);
  const adopted = inLongForm(file, project);
  const { name, address } = line;
  const lines = listAt(file, `${project}:lines`);
  const item = file.createNode(line);
  const at = lines.items.findIndex((each) => isMap(each) && each.get("name") === name);
  if (at < 0) lines.add(item);
  else lines.items[at] = item;
  adopted.setIn(["lines", name], file.createNode(described));
  if (conversations.values !== null) {
    adopted.setIn(["conversations", conversations.name], file.createNode(conversations.values));
  }
  if (functions !== null && functions.values !== null) {
    const secrets: unknown = adopted.getIn(["functions", functions.name, "secrets"], true);
    adopted.setIn(["functions", functions.name], file.createNode(functions.values));
    if (secrets !== undefined) adopted.setIn(["functions", functions.name, "secrets"], secrets);
  }
  const numbers: unknown = file.getIn(["config", "twilio:phoneNumbers"], true);
  if (isSeq(numbers) && !numbers.items.some((_, index) => numbers.get(index) === address)) {
    numbers.add(address);
  }
  return textOf(file);
}

/**
 * The file without a line, and without the Services that were its own.
 *
 * @param project its name
 */
export function withoutLine(text: string, project: string, name: string): string {
  const file = parseDocument(text);
  const adopted = inLongForm(file, project);
  const lines = listAt(file, `${project}:lines`);
  const own = lines.items.find((each) => isMap(each) && each.get("name") === name);
  const address: unknown = isMap(own) ? own.get("address") : undefined;
  lines.items = lines.items.filter((each) => each !== own);
  adopted.deleteIn(["lines", name]);
  const stay = shape.parse(adopted.toJS(file)).lines;
  for (const kind of ["conversations", "functions"] as const) {
    const services: unknown = adopted.get(kind);
    if (!isMap(services)) continue;
    const used = new Set(Object.values(stay).map((line) => line[kind]));
    services.items = services.items.filter(({ key }) => used.has(String(key)));
  }
  const numbers: unknown = file.getIn(["config", "twilio:phoneNumbers"], true);
  if (isSeq(numbers)) numbers.items = numbers.items.filter((_, at) => numbers.get(at) !== address);
  return textOf(file);
}

const shape = z.looseObject({
  lines: z.record(
    z.string(),
    z.looseObject({ conversations: z.string().optional(), functions: z.string().optional() }),
  ),
});

/** The key `adopted` in the form for several lines: what stands in the short one goes to its place there. */
function inLongForm(file: File, project: string): YAMLMap {
  const adopted: unknown = file.getIn(["config", `${project}:adopted`], true);
  if (!isMap(adopted)) throw new TypeError("a stage file without adopted lines");
  if (adopted.has("lines")) return adopted;
  const line = new YAMLMap(file.schema);
  const long = new YAMLMap(file.schema);
  line.items = adopted.items.filter(({ key }) => ofLine.includes(String(key)));
  const name: unknown = file.getIn(["config", `${project}:lines`, 0, "name"]);
  long.set("lines", new YAMLMap(file.schema));
  long.setIn(["lines", name], line);
  for (const kind of ["conversations", "functions"] as const) {
    const service: unknown = adopted.get(kind, true);
    if (service === undefined) continue;
    line.set(kind, firstNames[kind]);
    long.set(kind, new YAMLMap(file.schema));
    long.setIn([kind, firstNames[kind]], service);
  }
  const secrets: unknown = file.getIn(["config", `${project}:secrets`], true);
  if (isMap(secrets) && long.hasIn(["functions", firstNames.functions])) {
    long.setIn(["functions", firstNames.functions, "secrets"], secrets);
    file.deleteIn(["config", `${project}:secrets`]);
  }
  file.setIn(["config", `${project}:adopted`], long);
  return long;
}

function listAt(file: File, key: string): YAMLSeq {
  const list: unknown = file.getIn(["config", key], true);
  if (!isSeq(list)) throw new TypeError(`a stage file without ${key}`);
  return list;
}

const textOf = (file: File) => file.toString({ lineWidth: 0 });
