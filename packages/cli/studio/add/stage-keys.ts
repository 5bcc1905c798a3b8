/** What a block needs of a stage file: written into stages of the local Twilio, where any number will do, and said of the others. */
import type { Block, BlockKey } from "@support-line/functions/blocks";
import { localAccountSid, type Line, type Project } from "@support-line/stage";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isScalar, isSeq, parseDocument, visit, type Document, type Node } from "yaml";
import { z } from "zod";
import { docs } from "../../docs.ts";

export interface StageKeys {
  /** Stage files that change, by path in the project. */
  readonly files: ReadonlyMap<string, string>;
  /** A sentence for each line that got a key, or has to get one. */
  readonly said: readonly string[];
}

/** A key for one line of a stage. */
interface Need {
  readonly document: Document;
  readonly project: string;
  readonly line: Line;
  readonly at: number;
}

interface Writer {
  /** Whether the line has it already. */
  readonly has: (need: Need) => boolean;
  /** Writes it, and says what. */
  readonly write: (need: Need) => string;
  /** What somebody has to write who has real numbers. */
  readonly toWrite: string;
}

const week = Object.fromEntries(["mon", "tue", "wed", "thu", "fri"].map((day) => [day, ["09:00-17:00"]]));

const writers: Readonly<Record<BlockKey, Writer>> = {
  hours: {
    has: ({ line }) => line.hours !== null,
    toWrite: "hours, and hours of that name",
    write: ({ document, project, at }) => {
      const [known] = listed(document, `${project}:hours`);
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      if (known === undefined) append(document, `${project}:hours`, { name: "office", timeZone, week });
      document.setIn(["config", `${project}:lines`, at, "hours"], known?.name ?? "office");
      return known === undefined
        ? "has the hours office, Monday to Friday from nine to five"
        : `has the hours ${known.name}`;
    },
  },
  agents: {
    has: ({ line: { agents, queues } }) => agents.length + queues.length > 0,
    toWrite: "agents, and agents of those names",
    write: ({ document, project, line, at }) => {
      const isWhatsapp = line.channel === "whatsapp";
      const known = listed(document, `${project}:agents`).find(
        ({ address = "" }) => address.startsWith("whatsapp:") === isWhatsapp,
      );
      const agent = known ?? (isWhatsapp ? whatsappAgent : smsAgent);
      if (known === undefined) append(document, `${project}:agents`, agent);
      document.setIn(["config", `${project}:lines`, at, "agents"], nodeOf(document, [agent.name]));
      return `has the agent ${agent.name}, whose phone is ${agent.address ?? ""}`;
    },
  },
  languages: {
    has: ({ document, project }) => listed(document, `${project}:languages`).length > 0,
    toWrite: "languages, each with a name, a keyword and wordings",
    write: ({ document, project }) => {
      const wordings = { languageChosen: "Wir schreiben ab jetzt Deutsch." };
      append(document, `${project}:languages`, { name: "en", keyword: "english" });
      append(document, `${project}:languages`, { name: "de", keyword: "deutsch", wordings });
      return "has the languages en and de";
    },
  },
  flex: {
    has: ({ document, project }) => document.hasIn(["config", `${project}:flex`]),
    toWrite: "flex, {} is enough",
    write: ({ document, project }) => {
      document.setIn(["config", `${project}:flex`], document.createNode({}));
      return "has the key flex";
    },
  },
};

const smsAgent = { name: "ada", address: "+15550100101" };
const whatsappAgent = { name: "wanda", address: "whatsapp:+15550100101" };

const entries = z.array(z.looseObject({ name: z.string(), address: z.string().optional() })).catch([]);

/** The entries of a list as they stand in the document now. */
function listed(document: Document, key: string): z.output<typeof entries> {
  const config = (document.toJS() as { readonly config?: Readonly<Record<string, unknown>> }).config ?? {};
  return entries.parse(config[key] ?? []);
}

/** Puts an entry at the end of a list, which is made where none is. */
function append(document: Document, key: string, value: object): void {
  const path = ["config", key];
  const list: unknown = document.getIn(path, true);
  if (isSeq(list) && list.items.length > 0) document.addIn(path, nodeOf(document, value));
  else document.setIn(path, nodeOf(document, [value]));
}

/** Lists of words stand in one line, as a person writes them. */
function nodeOf(document: Document, value: object): Node {
  const node = document.createNode(value);
  visit(node, {
    Seq(_, list) {
      if (!list.items.every((item) => isScalar(item))) return;
      list.flow = true;
      for (const item of list.items) {
        if (isScalar(item) && /:/.test(String(item.value))) item.type = "QUOTE_DOUBLE";
      }
    },
  });
  return node;
}

/** The keys that a block needs on every line that has the Flow. Stages whose files have faults are passed over. */
export function stageKeys(project: Project, flow: string, { keys }: Block): StageKeys {
  const files = new Map<string, string>();
  const said: string[] = [];
  for (const stage of project.readableStages()) {
    const file = `Pulumi.${stage.name}.yaml`;
    const document = parseDocument(readFileSync(join(project.folder, file), "utf8"));
    const before = said.length;
    const isLocal = stage.accountSid === localAccountSid;
    for (const [at, line] of stage.lines.entries()) {
      if (line.flow !== flow) continue;
      for (const key of keys) {
        const { has, write, toWrite } = writers[key];
        const need = { document, project: project.name, line, at };
        if (has(need)) continue;
        const what = isLocal
          ? write(need)
          : `still needs ${toWrite}; an example: ${docs}/reference/stage-file.md`;
        said.push(`${file}: line ${line.name} ${what}`);
      }
    }
    if (isLocal && said.length > before) {
      files.set(file, document.toString({ lineWidth: 0, flowCollectionPadding: false }));
    }
  }
  return { files, said };
}
