/** What adopting says: what was found, what is left, who is in the middle of something, and what comes next. Pure. */
import { assetsFolder, functionsFolder, importFileName, type OwnFile } from "./files.ts";
import type { AdoptedLine } from "./read.ts";
import { answersOf } from "./which-line.ts";

const lines = (head: string, items: readonly string[]) =>
  items.length === 0 ? [] : ["", head, ...items.map((item) => `  ${item}`)];

/** As people read it; `commands` are what they run next. */
export function reportText(line: AdoptedLine, files: readonly OwnFile[]): string {
  const { stage, name, entry, flow, conversations, functions, accountSid, services } = line;
  const isShared = services.functions?.isShared === true;
  const isImported = files.some(({ path }) => path === importFileName(stage));
  const secrets = functions?.variables.filter(({ isSecret }) => isSecret) ?? [];
  const assets = functions?.assets.filter(({ taken }) => taken !== null) ?? [];
  const folders = [`${functionsFolder(name)}/`, `${assetsFolder(name)}/`];
  const shownFiles = files.filter(({ path }) => !folders.some((folder) => path.startsWith(folder)));
  return [
    `Line ${name} of account ${accountSid}, read and not changed.`,
    ...lines("Taken over:", [
      `Flow ${flow.sid} "${flow.friendlyName}", ${flow.status}, revision ${flow.revision}, ${line.template.template.states.length} widgets`,
      `Conversations Service ${conversations.sid} "${conversations.friendlyName}"${sharedWords(services.conversations.isShared)}`,
      ...(functions === null
        ? ["no Functions: the Flow runs none of this account"]
        : [
            `Functions of ${functions.environment.domainName}: ${functions.functions.map(({ path }) => path).join(", ")}${sharedWords(isShared)}`,
            ...(isShared || assets.length === 0
              ? []
              : [`Assets: ${assets.map(({ path }) => path).join(", ")}`]),
            ...(isShared
              ? []
              : [
                  `Variables: ${functions.variables.length - secrets.length} in the stage file${secrets.length === 0 ? "" : `, ${secrets.length} encrypted (${secrets.map(({ key }) => key).join(", ")})`}`,
                ]),
          ]),
    ]),
    ...lines(`What answers ${entry.address} today:`, [
      ...answersOf(accountSid, line.configuration, line.number),
      ...silentWords(line),
    ]),
    ...lines("Not taken over:", line.left),
    ...lines("Written:", [
      ...shownFiles.map(({ path }) => path),
      ...(functions === null || isShared
        ? []
        : [`${functionsFolder(name)}/ (${functions.functions.length} Functions)`]),
      ...(isShared || assets.length === 0 ? [] : [`${assetsFolder(name)}/ (${assets.length} Assets)`]),
    ]),
    ...lines("At this moment:", openWords(line)),
    ...lines("Next:", [
      ...(isImported
        ? [
            `npx pulumi import --file ${importFileName(stage)} --generate-code=false --protect=false --yes -s ${stage}`,
          ]
        : []),
      `npx pulumi preview -s ${stage}      (shows no change)`,
      ...(isImported ? [`rm ${importFileName(stage)}`] : []),
    ]),
  ].join("\n");
}

const sharedWords = (isShared: boolean) => (isShared ? ", which another line of the stage has too" : "");

/** What could answer beside it, and does not; so that nobody has to look. */
function silentWords({ entry, number }: AdoptedLine): string[] {
  if (entry.channel === "whatsapp") {
    return ["the WhatsApp sender's own webhook is not read: see in the Console that it is empty"];
  }
  if (number === null) return ["the account has no number or short code of that address"];
  const { messagingService: service, smsUrl, smsApplicationSid } = number;
  const isEmpty = smsUrl === "" && smsApplicationSid === "";
  return [
    ...(isEmpty ? ["the number's own SMS webhook is empty"] : []),
    ...(service === null
      ? ["the number is in no Messaging Service"]
      : [
          `it is in Messaging Service ${service.sid} (${service.friendlyName}), which ${service.isDeferring ? "leaves messages to the number's own webhook" : "does nothing with them"}`,
        ]),
  ];
}

/** Nobody is interrupted by adopting; a switch of the number is another thing. */
function openWords({ open, entry, number }: AdoptedLine): string[] {
  const counted = `${open.conversations} open Conversations and ${open.executions} running Executions; adopting touches none of them.`;
  if (entry.answeredBy === "conversations" || number === null) return [counted];
  return [
    counted,
    "Switched to conversations (adopted.answeredBy), an Execution that waits for a reply does not get it: that customer's next message begins the Flow anew in a Conversation.",
    "Switched back, a Conversation that is open goes on hearing its customer beside the number's own webhook: close those that are open, or wait until none is, before you switch back.",
  ];
}
