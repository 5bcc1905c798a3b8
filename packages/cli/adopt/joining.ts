/** How a line comes into a stage that has adopted others: under which name, and with which of their Services. Pure. */
import { firstNames, type Adopted, type Stage } from "@support-line/stage";
import { CliError } from "../errors.ts";
import type { Answering, Entry } from "./entries.ts";
import type { DeployedFunctions } from "./functions.ts";

/** A stage that has adopted something. */
export type Joined = Stage & { readonly adopted: Adopted };

/** A Service of a line, by its name in the stack. */
export interface OwnService {
  readonly name: string;
  /** Whether another line has brought it along. */
  readonly isShared: boolean;
}

export interface Services {
  readonly conversations: OwnService;
  readonly functions: OwnService | null;
}

/** The line of a stage that answers an address. */
export function lineAt(stage: Stage | null, address: string): string | null {
  return stage?.lines.find((line) => line.address === address)?.name ?? null;
}

/**
 * The name that a line has in the stage, or gets.
 *
 * @param wanted what somebody calls it
 * @param usual what it is called when nobody says
 * @throws CliError when its Flow or its name is another line's
 */
export function nameInStage(
  stage: Stage | null,
  { entries }: Pick<Answering, "entries">,
  { address, flowSid }: Entry,
  { wanted, usual }: { readonly wanted: string | undefined; readonly usual: string },
): string {
  const own = lineAt(stage, address);
  if (stage === null) return wanted ?? usual;
  if (own !== null) {
    if (wanted === undefined || wanted === own) return own;
    throw new CliError("line-there", { stage: stage.name, line: own, address });
  }
  const same = stage.lines.find((line) =>
    entries.some((entry) => entry.address === line.address && entry.flowSid === flowSid),
  );
  if (same !== undefined) {
    const { name: line, address: of } = same;
    throw new CliError("flow-there", { flow: flowSid, stage: stage.name, line, of, address });
  }
  const name = wanted ?? usual;
  const named = stage.lines.find((line) => line.name === name);
  if (named === undefined) return name;
  throw new CliError("name-there", { stage: stage.name, line: name, of: named.address, address });
}

/**
 * The Services of a line: those of a line that is there where both have the same at Twilio, else its own.
 *
 * @param conversationsOf SIDs of the Conversations Services of the stage's lines, by name of the line
 * @throws CliError `not-adoptable` when the stage has another Environment of the same Service
 */
export function servicesInStage(
  stage: Joined | null,
  name: string,
  found: { readonly conversationsSid: string; readonly functions: DeployedFunctions | null },
  conversationsOf: ReadonlyMap<string, string>,
): Services {
  const { functions } = found;
  if (stage === null) {
    const own = (service: string) => ({ name: service, isShared: false });
    return {
      conversations: own(firstNames.conversations),
      functions: functions === null ? null : own(firstNames.functions),
    };
  }
  const { adopted } = stage;
  const others = Object.entries(adopted.lines).filter(([line]) => line !== name);
  const sharing = others.find(([line]) => conversationsOf.get(line) === found.conversationsSid);
  const before = adopted.lines[name]?.conversations;
  const isOwn = before !== undefined && !others.some(([, { conversations }]) => conversations === before);
  return {
    conversations:
      sharing !== undefined
        ? { name: sharing[1].conversations, isShared: true }
        : {
            name: isOwn ? before : freeName(adopted.conversations, [firstNames.conversations, name]),
            isShared: false,
          },
    functions: functions === null ? null : functionsInStage(stage, name, functions),
  };
}

function functionsInStage(
  { name: stage, adopted }: Joined,
  line: string,
  { service, environment }: DeployedFunctions,
): OwnService {
  const there = Object.entries(adopted.functions).find(
    ([, { uniqueName }]) => uniqueName === service.uniqueName,
  );
  if (there === undefined) {
    return { name: freeName(adopted.functions, [firstNames.functions, line]), isShared: false };
  }
  const [name, { environment: known, folder }] = there;
  if (known === environment.uniqueName) return { name, isShared: folder !== line };
  throw new CliError("not-adoptable", {
    problem: `The Flow runs Environment ${environment.uniqueName} of Service ${service.uniqueName}, and stage ${stage} has ${known} of it: adopt this line as a stage of its own.`,
  });
}

/** The first of the names that no Service has, or one made of the last. */
function freeName(taken: object, names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  const free = names.find((name) => !Object.hasOwn(taken, name));
  return free ?? freeName(taken, [`${last}-own`]);
}
