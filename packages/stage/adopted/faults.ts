/** What is wrong with a stage that adopts a line, its keys taken together. */
import type { Fault } from "../errors.ts";
import type { RawStage } from "../stage-schema.ts";
import type { RawAdoptedStage } from "./stage-schema.ts";

/** Keys that only mean something to the project's own Functions and templates. */
const ownKeys = ["agents", "queues", "conversations"] as const;

/** Every fault of what is adopted, each with its key. */
export function adoptedFaults(raw: RawStage & Partial<RawAdoptedStage>): Fault[] {
  const { adopted, secrets = {} } = raw;
  if (adopted === undefined) return [];
  const [line, second] = raw.lines;
  if (line === undefined) return [];
  return [
    ...(second === undefined
      ? []
      : [
          {
            key: "lines[1]",
            value: second.name,
            problem: "is a second line, and a stage adopts one; adopt it as a stage of its own",
          },
        ]),
    ...ownKeys
      .filter((key) => (line[key] ?? []).length > 0)
      .map((key) => ({
        key: `lines[0].${key}`,
        value: line[key],
        problem: "is for the project's own Functions, and this line runs those that were adopted; delete it",
      })),
    ...(adopted.answeredBy === "webhook" && line.channel !== "sms"
      ? [
          {
            key: "adopted.answeredBy",
            value: adopted.answeredBy,
            problem: "is for SMS numbers, and this line is WhatsApp; write conversations",
          },
        ]
      : []),
    ...(adopted.answeredBy === "webhook" && adopted.number === undefined
      ? [
          {
            key: "adopted.number",
            value: undefined,
            problem:
              "is missing: answeredBy is webhook, so the number's own webhook belongs to the stage; {} is enough",
          },
        ]
      : []),
    ...Object.keys(adopted.functions?.variables ?? {})
      .filter((key) => Object.hasOwn(secrets, key))
      .map((key) => ({
        key: `secrets.${key}`,
        value: undefined,
        problem: `stands in adopted.functions.variables too; each Variable may stand once`,
      })),
    ...(Object.keys(raw.variables).length > 0
      ? [
          {
            key: "variables",
            value: undefined,
            problem:
              "are of the project's own Functions, and this stage runs those that were adopted; write them under adopted.functions.variables",
          },
        ]
      : []),
    ...(adopted.functions === undefined && Object.keys(secrets).length > 0
      ? [{ key: "secrets", value: undefined, problem: "are Variables, and the stage has no Functions" }]
      : []),
  ];
}
