/** What is wrong with a stage that adopts lines, its keys taken together. */
import type { Fault } from "../errors.ts";
import { adoptedOf } from "./adopted.ts";
import type { RawAdoptedStage } from "./stage-schema.ts";

/** Keys that only mean something to the project's own Functions and templates. */
const ownKeys = ["agents", "queues", "conversations"] as const;

/** Every fault of what is adopted, each with its key. */
export function adoptedFaults(raw: RawAdoptedStage): Fault[] {
  return [
    ...("lines" in raw.adopted ? severalFaults(raw, raw.adopted) : oneFaults(raw)),
    ...raw.lines.flatMap((line, at) => [
      ...ownKeys
        .filter((key) => (line[key] ?? []).length > 0)
        .map((key) => ({
          key: `lines[${at}].${key}`,
          value: line[key],
          problem:
            "is for the project's own Functions, and this line runs those that were adopted; delete it",
        })),
      ...answerFaults(raw, line),
    ]),
    ...variableFaults(raw),
    ...(Object.keys(raw.variables).length > 0
      ? [
          {
            key: "variables",
            value: undefined,
            problem: `are of the project's own Functions, and this stage runs those that were adopted; write them under ${functionsKey(raw)}.variables`,
          },
        ]
      : []),
  ];
}

/** Where a Service of Functions stands in the file. */
function functionsKey({ adopted }: RawAdoptedStage, name = "<name>"): string {
  return "lines" in adopted ? `adopted.functions.${name}` : "adopted.functions";
}

function oneFaults({ lines, adopted, secrets }: RawAdoptedStage): Fault[] {
  const [, second] = lines;
  return [
    ...(second === undefined
      ? []
      : [
          {
            key: "lines[1]",
            value: second.name,
            problem:
              "is a second line, and adopted describes one; take it out, and npm run stage -- adopt adds it with what it needs",
          },
        ]),
    ...(!("lines" in adopted) && adopted.functions === undefined && Object.keys(secrets).length > 0
      ? [{ key: "secrets", value: undefined, problem: "are Variables, and the stage has no Functions" }]
      : []),
  ];
}

/** Each line is described, each description is of a line, and each Service is some line's. */
function severalFaults(
  { lines: named, secrets }: RawAdoptedStage,
  { lines, conversations, functions }: Extract<RawAdoptedStage["adopted"], { readonly lines: unknown }>,
): Fault[] {
  const services = { conversations, functions };
  const used = (kind: keyof typeof services) => new Set(Object.values(lines).map((line) => line[kind]));
  const uniqueNames = Object.entries(functions).map(([name, { uniqueName }]) => ({ name, uniqueName }));
  return [
    ...named.flatMap(({ name }, at) =>
      Object.hasOwn(lines, name)
        ? []
        : [
            {
              key: `lines[${at}].name`,
              value: name,
              problem: `is not a line of adopted.lines, which has ${known(lines)}; fix the name, or adopt the line`,
            },
          ],
    ),
    ...Object.keys(lines)
      .filter((name) => !named.some((line) => line.name === name))
      .map((name) => ({
        key: `adopted.lines.${name}`,
        value: undefined,
        problem: "is described, but lines has no line of that name; fix the name, or delete it",
      })),
    ...Object.entries(lines).flatMap(([name, line]) =>
      (["conversations", "functions"] as const).flatMap((kind) => {
        const service = line[kind];
        return service === undefined || Object.hasOwn(services[kind], service)
          ? []
          : [
              {
                key: `adopted.lines.${name}.${kind}`,
                value: service,
                problem: `is not a name in adopted.${kind}, which has ${known(services[kind])}`,
              },
            ];
      }),
    ),
    ...(["conversations", "functions"] as const).flatMap((kind) =>
      Object.keys(services[kind])
        .filter((name) => !used(kind).has(name))
        .map((name) => ({
          key: `adopted.${kind}.${name}`,
          value: undefined,
          problem: "belongs to no line any more, but would still be deployed; delete it",
        })),
    ),
    ...uniqueNames.flatMap(({ name, uniqueName }, at) => {
      const first = uniqueNames.find((each) => each.uniqueName === uniqueName);
      return first === uniqueNames[at] || first === undefined
        ? []
        : [
            {
              key: `adopted.functions.${name}.uniqueName`,
              value: uniqueName,
              problem: `is that of ${first.name} too; a Service is described once, and lines share it by its name`,
            },
          ];
    }),
    ...(Object.keys(secrets).length > 0
      ? [
          {
            key: "secrets",
            value: undefined,
            problem:
              "are of no Service, since the stage has several lines; write them under adopted.functions.<name>.secrets",
          },
        ]
      : []),
  ];
}

const known = (named: object) => Object.keys(named).join(", ") || "none";

function answerFaults(raw: RawAdoptedStage, line: RawAdoptedStage["lines"][number]): Fault[] {
  const { lines } = adoptedOf(raw);
  const own = Object.hasOwn(lines, line.name) ? lines[line.name] : undefined;
  const at = "lines" in raw.adopted ? `adopted.lines.${line.name}` : "adopted";
  if (own?.answeredBy !== "webhook") return [];
  return [
    ...(line.channel === "sms"
      ? []
      : [
          {
            key: `${at}.answeredBy`,
            value: own.answeredBy,
            problem: "is for SMS numbers, and this line is WhatsApp; write conversations",
          },
        ]),
    ...(own.number === undefined
      ? [
          {
            key: `${at}.number`,
            value: undefined,
            problem:
              "is missing: answeredBy is webhook, so the number's own webhook belongs to the stage; {} is enough",
          },
        ]
      : []),
  ];
}

function variableFaults(raw: RawAdoptedStage): Fault[] {
  return Object.entries(adoptedOf(raw).functions).flatMap(([name, { variables, secrets }]) =>
    Object.keys(variables)
      .filter((key) => Object.hasOwn(secrets, key))
      .map((key) => ({
        key: "lines" in raw.adopted ? `adopted.functions.${name}.secrets.${key}` : `secrets.${key}`,
        value: undefined,
        problem: `is also in ${functionsKey(raw, name)}.variables; each Variable may be given only once`,
      })),
  );
}
