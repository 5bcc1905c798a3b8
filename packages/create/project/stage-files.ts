/** `Pulumi.yaml` and stage files of the reference project, for a project of another name, channel and Flow. */
import { isMap, isScalar, parseDocument, visit, type Document } from "yaml";
import type { Answers } from "../answers.ts";

/** What the reference project is called: the namespace of its configuration. */
const reference = "support-line";

/** As the files are written here. */
const format = { lineWidth: 0, flowCollectionPadding: false } as const;

/** `Pulumi.yaml`, with the project's name. */
export function projectFile(text: string, { name }: Answers): string {
  const file = parseDocument(text);
  file.set("name", name);
  file.set("description", `The support line ${name} on Twilio, as code`);
  return file.toString(format);
}

/** A stage file, for a project's answers. */
export function stageFile(text: string, answers: Answers): string {
  const file = parseDocument(text);
  const flow = answers.template ?? answers.flow ?? "support";
  // Nothing of the templates brings agents into a Flow of somebody's own: `studio add agents` does, and names them.
  const isAlone = answers.template === null;
  visit(file, {
    Pair(_, pair) {
      const { key, value } = pair;
      if (!isScalar(key) || typeof key.value !== "string") return undefined;
      const isOfAgents = ["agents", "proxies", `${reference}:agents`].includes(key.value);
      if (isAlone && isOfAgents) return visit.REMOVE;
      // Whoever has WhatsApp has one sender, and agents are reached from it.
      if (answers.channel === "whatsapp" && key.value === "proxies") return visit.REMOVE;
      if (key.value.startsWith(`${reference}:`)) key.value = answers.name + key.value.slice(reference.length);
      if (!isScalar(value)) return undefined;
      if (key.value === "flow") value.value = flow;
      if (key.value === "channel") value.value = answers.channel;
      if (isAlone && key.value === "name") value.value = answers.name;
      return undefined;
    },
    Scalar(_, scalar) {
      const { value } = scalar;
      if (answers.channel === "whatsapp" && typeof value === "string" && /^\+\d+$/.test(value)) {
        scalar.value = `whatsapp:${value}`;
      }
    },
  });
  if (answers.template === "flex") handOver(file, answers.name);
  return file.toString(format);
}

/** A line that hands over to Flex says so in the stage. */
function handOver(file: Document, name: string): void {
  const config = file.get("config");
  if (isMap(config)) config.set(file.createNode(`${name}:flex`), file.createNode({}));
}
