/** `support-line-proof <name>`, `npm run prove -- <stage>`: what an account answers, beside what the local Twilio does. */
import { mkdirSync, writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { ProofFileError } from "@support-line/local-twilio/proof";
import { Command, CommanderError, InvalidArgumentError } from "commander";
import type { Login } from "./account.ts";
import { compare } from "./compare.ts";
import { ProofError } from "./errors.ts";
import { beginLedger, hasRun, openLedger, type Ledger } from "./ledger.ts";
import { askLocal, openLocal } from "./local.ts";
import { parts, type Numbers, type Part, type Probe } from "./probe.ts";
import { probes } from "./probes/index.ts";
import { proofOf } from "./proof.ts";
import { askAll, removeAll } from "./prove.ts";
import { htmlPage } from "./report/html.ts";
import { headline, textPage } from "./report/text.ts";

interface Options {
  readonly line?: string;
  readonly phone?: string;
  readonly parts?: readonly Part[];
  readonly resume?: true;
  readonly cleanUp?: true;
  readonly subAccount: boolean;
  readonly out?: string;
  readonly yes?: true;
  readonly json?: true;
}

/** The command. `name` is what the account is called in files and pages; `local` asks a local Twilio. */
export function proveCommand(name = "support-line-proof"): Command {
  return new Command(name)
    .exitOverride()
    .description("Asks an account what only it knows, and says in what the local Twilio differs from it.")
    .argument("<name>", "what the account is called in files: a stage; `local` asks a local Twilio instead")
    .option("--line <number>", "a number of the account that may be written to", e164)
    .option("--phone <number>", "another number of the account, which writes to it", e164)
    .option("--parts <list>", `some of ${Object.keys(parts).join(", ")}`, partList)
    .option("--resume", "go on with a run that did not finish")
    .option("--clean-up", "remove what an unfinished run left, and ask nothing")
    .option("--no-sub-account", "make everything in the account itself, under names of the run's own")
    .option("--out <folder>", "where proof.json, page.html and page.txt go")
    .option("--yes", "do not ask")
    .option("--json", "print the proof as JSON")
    .addHelpText(
      "after",
      `
Credentials: TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, of the account itself (an API key may not make sub-accounts).
Exit codes: 0 nothing differs, 1 something does, 2 wrong use, 3 Twilio or the network, 130 ended by Ctrl-C.

Parts:
${Object.entries(parts)
  .map(([part, what]) => `  ${part.padEnd(10)} ${what}`)
  .join("\n")}`,
    )
    .action(prove);
}

/** Runs the command with these words; sets the exit code of the process, and never rejects. */
export async function runProve(command: Command, words: readonly string[]): Promise<void> {
  try {
    await command.parseAsync([...words], { from: "user" });
  } catch (error) {
    process.exitCode = sayFailure(error);
  }
}

function sayFailure(error: unknown): number {
  // Commander has said what is wrong with the words, or helped.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Interrupted) {
    process.stderr.write(`${error.message}\n`);
    return 130;
  }
  if (error instanceof ProofError || error instanceof ProofFileError) {
    process.stderr.write(`${error.message}\n`);
    return error instanceof ProofError ? error.exitCode : 2;
  }
  const [first = ""] = String(error).split("\n");
  process.stderr.write(
    `This is a fault of the proof itself, ${first.slice(0, 300)}; PROOF_DEBUG=1 says where it happened.\n`,
  );
  if (process.env["PROOF_DEBUG"] && error instanceof Error) process.stderr.write(`${error.stack ?? ""}\n`);
  return 70;
}

class Interrupted extends Error {}

async function prove(name: string, options: Options): Promise<void> {
  const folder = resolve(options.out ?? join(".state", "proof", name));
  const isLocal = name === "local";
  const local = isLocal && process.env["TWILIO_ENDPOINT"] === undefined ? await openLocal() : null;
  try {
    const login = local?.login ?? loginFrom(isLocal);
    const ending = new AbortController();
    const stop = onInterrupt(ending);
    try {
      await asked(name, options, { folder, login, isLocal, signal: ending.signal });
    } catch (error) {
      if (!ending.signal.aborted || error instanceof ProofError) throw error;
      throw new Interrupted(endedWords(folder));
    } finally {
      stop();
    }
  } finally {
    await local?.close();
  }
}

/** What a run says that was ended, by what its file knows to be there. */
function endedWords(folder: string): string {
  const isLeft = hasRun(folder) && openLedger(folder).collections.length > 0;
  return isLeft
    ? "Ended. Some of it may be left in the account: --clean-up removes it."
    : "Ended. Nothing of it is left in the account; --resume goes on where it was.";
}

interface Place {
  readonly folder: string;
  readonly login: Login;
  readonly isLocal: boolean;
  readonly signal: AbortSignal;
}

async function asked(name: string, options: Options, place: Place): Promise<void> {
  const { folder, login, isLocal, signal } = place;
  if (options.cleanUp === true) return removeLeft(name, place);
  const ledger = ledgerFor(name, options, place);
  const wanted = probes.filter(({ part }) => ledger.parts.includes(part));
  if (options.json !== true) process.stdout.write(announcement(name, wanted, ledger, options));
  if (options.yes !== true && !isLocal && !(await agreed(signal))) {
    // Of a run that would have gone on, something may be left: its file stays.
    if (options.resume !== true) ledger.close();
    process.stderr.write("Nothing was asked. Answer yes, or give --yes.\n");
    return;
  }
  const onProbe = options.json === true ? () => undefined : tellProbe;
  if (options.resume === true) await removeAll(login, ledger, signal);
  // The local one is asked beside it: a run on an account is mostly waiting.
  const beside = new AbortController();
  const noSubAccount = !options.subAccount;
  const asking = askAll({ login, ledger, probes: wanted, signal, onProbe, noSubAccount });
  asking.catch(() => beside.abort());
  const both = AbortSignal.any([signal, beside.signal]);
  const [answered, besides] = await Promise.allSettled([
    asking,
    askLocal(wanted, ledger.numbers !== null, both),
  ]);
  const run = valueOf(answered);
  const local = valueOf(besides);
  const comparison = compare(run, local);
  const proof = proofOf(isLocal ? "local Twilio" : "account", new Date(), run, comparison, wanted);
  const page = { comparison, proof, asked: isLocal ? "A local Twilio" : `Stage ${name}` };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "proof.json"), `${JSON.stringify(proof, null, 2)}\n`);
  writeFileSync(join(folder, "page.txt"), textPage(page));
  writeFileSync(join(folder, "page.html"), htmlPage(page));
  ledger.close();
  const said =
    options.json === true
      ? `${JSON.stringify(proof)}\n`
      : `\n${headline(page)}\nIn ${folder}: page.html, page.txt, proof.json\n`;
  process.stdout.write(said);
  if (comparison.different.length > 0) process.exitCode = 1;
}

/** @throws what it was rejected with */
function valueOf<Value>(settled: PromiseSettledResult<Value>): Value {
  if (settled.status === "fulfilled") return settled.value;
  throw settled.reason instanceof Error ? settled.reason : new Error(String(settled.reason));
}

/** The run that goes on, or a new one. */
function ledgerFor(name: string, options: Options, { folder, login, isLocal }: Place): Ledger {
  if (options.resume === true) return unfinished(name, { folder, login }, "resume");
  if (hasRun(folder)) throw new ProofError("unfinished-run", { stage: name, file: join(folder, "run.json") });
  return beginLedger(folder, {
    account: login.accountSid,
    prefix: `proof-${randomBytes(3).toString("hex")}`,
    numbers: numbersFrom(options, isLocal),
    parts: [...(options.parts ?? Object.keys(parts))],
  });
}

function unfinished(name: string, { folder, login }: Pick<Place, "folder" | "login">, what: string): Ledger {
  if (!hasRun(folder)) throw new ProofError("nothing-unfinished", { stage: name, folder, what });
  const ledger = openLedger(folder);
  if (ledger.account !== login.accountSid) throw new ProofError("other-account", { file: ledger.file });
  return ledger;
}

async function removeLeft(name: string, place: Place): Promise<void> {
  const ledger = unfinished(name, place, "clean up");
  await removeAll(place.login, ledger, place.signal);
  ledger.close();
  process.stdout.write("Nothing of the run is left in the account.\n");
}

function announcement(
  name: string,
  wanted: readonly Probe[],
  ledger: Ledger,
  { subAccount }: Options,
): string {
  const questions = wanted.reduce((sum, probe) => sum + probe.questions.length, 0);
  const isWithNumbers = ledger.numbers !== null;
  const texts = wanted.reduce((sum, probe) => sum + (isWithNumbers ? (probe.texts ?? 0) : 0), 0);
  const where = subAccount
    ? "a sub-account that it makes and closes, or in the account itself where it may not"
    : "the account itself";
  const lines = [
    `${questions} questions to ${name}, in ${where}.`,
    `It makes Services, Flows, Functions, Workspaces and the like, all called ${ledger.prefix}-…, and removes them at the end.`,
    isWithNumbers
      ? `It sends ${texts} segments of text between ${ledger.numbers?.line ?? ""} and ${ledger.numbers?.phone ?? ""}, each of them paid for twice: as sent and as received.`
      : "It sends no text: give --line and --phone, two numbers of the account, for what texts can show.",
    `It leaves nothing but entries in the account's logs and usage. What is there already is not changed${isWithNumbers ? ", but the line is in a Messaging Service of the run's own meanwhile" : ""}.`,
    "Not asked: what needs a registration (A2P, WhatsApp senders), a 24-hour window, Flex, a call, or a second account.",
  ];
  return `${lines.join("\n")}\n`;
}

function tellProbe(probe: string, index: number, count: number): void {
  if (process.stdout.isTTY) {
    process.stdout.write(`\r\u001b[K${index}/${count} ${probe}${index === count ? "\n" : ""}`);
  } else if (index === 1 || index === count || index % 20 === 0) {
    process.stdout.write(`${index}/${count} ${probe}\n`);
  }
}

/** Whether somebody says yes. Ctrl-C at the question, and an input that ends without an answer, say no. */
async function agreed(signal: AbortSignal): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const ended = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
    terminal.once("SIGINT", () => terminal.close());
    const answer = await Promise.race([terminal.question("Go on? (yes/no) ", { signal }), ended]);
    return answer.trim().toLowerCase() === "yes";
  } finally {
    terminal.close();
  }
}

/** The first Ctrl-C ends the run, which then cleans up; the second ends that, too. */
function onInterrupt(ending: AbortController): () => void {
  const end = (): void => {
    if (ending.signal.aborted) process.exit(130);
    process.stderr.write(
      "\nEnding: what was made is removed. Once more leaves it; --clean-up removes it later.\n",
    );
    ending.abort();
  };
  process.on("SIGINT", end).on("SIGTERM", end);
  return () => void process.off("SIGINT", end).off("SIGTERM", end);
}

/** @throws ProofError `bad-use` without credentials */
function loginFrom(isLocal: boolean): Login {
  const {
    TWILIO_ACCOUNT_SID: accountSid = "",
    TWILIO_AUTH_TOKEN: authToken = "",
    TWILIO_ENDPOINT: endpoint = "",
  } = process.env;
  if (!/^AC[0-9a-f]{32}$/i.test(accountSid) || authToken === "") {
    const problem =
      "Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN to those of the account that is to be asked.";
    throw new ProofError("bad-use", { problem });
  }
  return { accountSid, authToken, endpoint: isLocal ? endpoint.replace(/\/$/, "") : "" };
}

/** @throws ProofError `bad-use` for one number without the other */
function numbersFrom({ line, phone }: Options, isLocal: boolean): Numbers | null {
  if (line !== undefined && phone !== undefined && line !== phone) return { line, phone };
  if (line === undefined && phone === undefined) {
    return isLocal ? { line: "+15550100008", phone: "+15550100009" } : null;
  }
  throw new ProofError("bad-use", {
    problem: "--line and --phone go together: two different numbers of the account.",
  });
}

function e164(text: string): string {
  if (/^\+[1-9]\d{6,14}$/.test(text)) return text;
  throw new InvalidArgumentError("A number is E.164, as +15550100001.");
}

function partList(text: string): Part[] {
  const names = text.split(",").map((each) => each.trim());
  const unknown = names.find((each) => !Object.hasOwn(parts, each));
  if (unknown === undefined) return names as Part[];
  throw new InvalidArgumentError(`There is no part ${unknown}; there are ${Object.keys(parts).join(", ")}.`);
}
