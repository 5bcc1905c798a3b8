/** `npm create support-line my-line`: writes a project of a person's own, installs it and says what comes next. */
import { Command, Option } from "commander";
import { basename, relative, resolve } from "node:path";
import { answersSchema, checkAnswers, nameProblem, type Answers } from "./answers.ts";
import { CreateError } from "./errors.ts";
import { readOwnFlow, type OwnFlow } from "./own-flow.ts";
import { install, managerRunning } from "./package-manager.ts";
import { ownSource } from "./own-source.ts";
import { projectFiles } from "./project/files.ts";
import { recordName, recordText } from "./project/record.ts";
import { checkFolder, writeProject } from "./project/write.ts";

interface Flags {
  readonly name?: string;
  readonly template?: string;
  readonly channel?: string;
  readonly from?: string;
  readonly adopt?: boolean;
  readonly yes?: boolean;
  /** JSON of answers that were given before: what an upgrade asks an earlier version for. */
  readonly answers?: string;
  readonly install: boolean;
}

/** Every answer: given, asked for, or the usual one. */
async function answersOf(folder: string, flags: Flags, flow: OwnFlow | null): Promise<Answers> {
  if (flags.answers !== undefined) return answersSchema.parse(JSON.parse(flags.answers));
  const isPerson = process.stdin.isTTY && process.stdout.isTTY && flags.yes !== true;
  const ask = isPerson ? (await import("./questions.ts")).ask : null;
  const usualName = basename(resolve(folder));
  const isNamed = flags.name !== undefined || nameProblem(usualName) === null;
  const name = flags.name ?? (ask !== null && !isNamed ? await ask.name("my-line") : usualName);
  const isOwn = flow !== null || flags.adopt === true;
  const template = isOwn ? null : (flags.template ?? (await ask?.template()) ?? "support");
  const usual = flow?.channel ?? "sms";
  const isAsked = flags.channel === undefined && flags.adopt !== true;
  const channel = flags.channel ?? (isAsked ? await ask?.channel(template, usual) : undefined) ?? usual;
  checkAnswers({ name, template, channel });
  const manager = managerRunning(process.env["npm_config_user_agent"]);
  return { name, template, flow: flow?.name ?? null, channel: channel as Answers["channel"], manager };
}

function checkFlags({ template, from, adopt, channel }: Flags): void {
  const clash = (one: string, other: string, problem: string) => {
    throw new CreateError("not-together", { one, other, problem });
  };
  if (template !== undefined && from !== undefined) {
    clash("--template", "--from", "a line begins with one Flow");
  }
  const other =
    template !== undefined ? "--template" : from !== undefined ? "--from" : channel && "--channel";
  if (adopt === true && other) clash("--adopt", other, "a line that is adopted brings its own");
}

function next(folder: string, { template, flow, channel, manager }: Answers, isInstalled: boolean): string {
  const steps = [
    ...(relative(process.cwd(), folder) === "" ? [] : [[`cd ${relative(process.cwd(), folder)}`, ""]]),
    ...(isInstalled ? [] : [[`${manager} install`, ""]]),
    ...(template === null && flow === null
      ? [["npm run stage -- adopt prod", "the line that is there, into code"]]
      : [
          ...(flow === null ? [] : [["npx studio check", "which Functions your Flow wants, for functions/"]]),
          [
            "npm start",
            `plays a ${channel === "voice" ? "call" : "conversation"} on the local Twilio, with the real Pulumi engine`,
          ],
          ["npm test", "the line's own conversations"],
        ]),
  ];
  return `Next:\n${steps.map(([command = "", about]) => `  ${about ? `${command.padEnd(30)}${about}` : command}`).join("\n")}`;
}

async function create(folder: string, flags: Flags): Promise<void> {
  checkFlags(flags);
  const flow = flags.from === undefined ? null : readOwnFlow(flags.from);
  checkFolder(folder);
  const answers = await answersOf(folder, flags, flow);
  const source = ownSource();
  const files = projectFiles(source, answers);
  const record = recordText(source.version, answers, files);
  // A Flow of the person's own is theirs from the beginning: no upgrade has one to compare with.
  if (flow !== null) files.set(`flow-templates/${flow.name}.json`, { text: flow.text, isExecutable: false });
  files.set(recordName, { text: record, isExecutable: false });
  writeProject(folder, files);
  console.log(`${answers.name} is written, ${files.size} files.`);
  if (flags.install) {
    const { manager } = answers;
    console.log(`Installing with ${manager} …`);
    if ((await install(manager, folder)) !== 0) {
      throw new CreateError("not-installed", { command: `${manager} install`, folder });
    }
  }
  console.log(next(folder, answers, flags.install));
}

const program = new Command("create-support-line")
  .description("Writes a support line of your own: its Flow, its Functions and its Pulumi program.")
  .argument("[folder]", "a new folder, or an empty one; its name is the line's")
  .option("--name <name>", "name of the line (default: the folder's name)")
  .option("--template <template>", "support, desk or flex (default: support)")
  .option("--from <file>", "a Flow of your own, as Studio's editor exports it")
  .option(
    "--channel <channel>",
    "sms or whatsapp, or voice with --from (default: what the Flow begins by, sms)",
  )
  .option("--adopt", "begin without a line, to adopt the one of an account: npm run stage -- adopt")
  .option("--yes", "ask nothing")
  .option("--no-install", "only write the files")
  .addOption(new Option("--answers <json>").hideHelp())
  .showHelpAfterError("(npm create support-line -- --help says more)")
  .action(async (folder: string | undefined, flags: Flags) => {
    if (folder === undefined) throw new CreateError("name-missing");
    await create(folder, flags);
  });

try {
  await program.parseAsync();
} catch (error) {
  // Whoever leaves a question with Ctrl-C has said enough.
  const isLeft = error instanceof Error && error.name === "ExitPromptError";
  if (!(error instanceof CreateError) && !isLeft) throw error;
  if (!isLeft) console.error(error.message);
  process.exitCode = isLeft ? 130 : 2;
}
