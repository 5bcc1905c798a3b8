/** The verbs of `local-twilio`. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { wayShown } from "@support-line/studio/rounds";
import { ProofFileError, readProof, unplayed, type Proof } from "../proof-file.ts";
import { emptyFolder, FolderError } from "../store/folder.ts";
import { actOf, call, typed, type Act } from "./call.ts";
import { control } from "./control-client.ts";
import { consoleLink, openInBrowser } from "./console-link.ts";
import { asShell, clientEnvironment, javaLines, type Account } from "./environment.ts";
import { CommandError } from "./errors.ts";
import { defaultFolder, defaultPort, logFile } from "./places.ts";
import { findRunning, type Running } from "./running.ts";
import { say } from "./say.ts";
import { start, stop } from "./start.ts";

interface Common {
  readonly folder: string;
  readonly json?: boolean;
}

export const program = new Command("local-twilio")
  .description(
    "Twilio on this machine: REST API, carrier, Conversations, Studio and Functions, without an account",
  )
  .showHelpAfterError("(local-twilio <command> --help says more)")
  .exitOverride();

/** A command with the options that all have. */
function command(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option("--folder <path>", "where its state is", (path: string) => resolve(path), defaultFolder)
    .option("--json", "print JSON");
}

/** Prints `value` as JSON when that was asked for, else `text`. */
function print(options: Common, value: unknown, text: string): void {
  process.stdout.write(`${options.json === true ? JSON.stringify(value) : text}\n`);
}

async function running({ folder }: Common): Promise<Running> {
  const found = await findRunning(folder);
  if (found) return found;
  throw new CommandError(1, `No local Twilio runs on ${folder}. Start one with: npx local-twilio start`);
}

/** As new, where none runs: a damaged database is no reason not to. */
function resetFolder(options: Common): void {
  if (!existsSync(options.folder)) {
    throw new CommandError(1, `There is nothing to reset: ${options.folder} does not exist.`);
  }
  try {
    emptyFolder(options.folder);
  } catch (error) {
    if (error instanceof FolderError) throw new CommandError(2, error.message);
    throw error;
  }
  print(options, { reset: true }, "The local Twilio is as new the next time it starts.");
}

function portNumber(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError("A port is a number from 0 to 65535; 0 takes a free one.");
}

command("start", "start it in the background, or find the one that runs")
  .option("--port <number>", "port on 127.0.0.1; 0 takes a free one", portNumber, defaultPort)
  .option("--foreground", "stay in the foreground until it is stopped")
  .option(
    "--webhooks-leave-machine",
    "let webhooks reach other machines; without it they reach this one only",
  )
  .option("--as <proof.json>", "with the switches of the account that was proved", (file: string) =>
    resolve(file),
  )
  .action(async (options: StartWords) => {
    const foreground = options.foreground === true;
    const webhooksLeaveMachine = options.webhooksLeaveMachine === true;
    const as = options.as === undefined ? null : proofIn(options.as);
    const started = await start({ ...options, foreground, webhooksLeaveMachine }, async (ready) => {
      if (as !== null) await control(ready.endpoint, "POST", "switches", as.switches);
      const how = ready.already ? "runs already" : "is ready";
      const lines = [
        `The local Twilio ${how} at ${ready.endpoint} (process ${ready.pid})`,
        ...(as === null ? [] : [asText(as)]),
        `console: ${consoleLink(ready.endpoint)}`,
        ...(foreground ? [] : [`log: ${logFile(options.folder)}`]),
      ];
      print(options, { ...ready, ...(as === null ? {} : { switches: as.switches }) }, lines.join("\n"));
    });
    if (started.exitCode !== 0) throw new CommandError(3, `It ended with exit code ${started.exitCode}`);
  });

interface StartWords extends Common {
  readonly port: number;
  readonly foreground?: boolean;
  readonly webhooksLeaveMachine?: boolean;
  readonly as?: string;
}

/** @throws CommandError with exit code 2 for what is no proof */
function proofIn(file: string): Proof {
  try {
    return readProof(file);
  } catch (error) {
    if (error instanceof ProofFileError) throw new CommandError(2, error.message);
    throw error;
  }
}

/** What a start takes from a proof, and what it cannot. */
function asText(proof: Proof): string {
  const { of, at, switches } = proof;
  const set = Object.keys(switches).length;
  const { length } = unplayed(proof);
  const left =
    length === 0 ? "" : `; differences it cannot play: ${length}, and conversation tests say which they meet`;
  return `as ${of === "account" ? "an account" : of} was on ${at}; switches set: ${set}${left}`;
}

command("stop", "stop it; what it knows is kept").action(async (options: Common) => {
  const stopped = await stop(options.folder);
  print(options, { stopped }, stopped ? "The local Twilio is stopped." : "No local Twilio was running.");
});

command("status", "say whether it runs, and where").action(async (options: Common) => {
  const { endpoint, pid } = await running(options);
  const status = await control<Record<string, unknown>>(endpoint, "GET", "status");
  const lines = [
    `The local Twilio runs at ${endpoint} (process ${pid})`,
    `account: ${String(status["accountSid"])}`,
    `folder: ${options.folder}`,
    `identity: ${String(status["identity"])}  (a reset makes another)`,
  ];
  print(options, status, lines.join("\n"));
});

command("open", "open the console: phones, the Flow as it runs, every step of an Execution")
  .argument("[sid]", "an Execution (FN…) or a Conversation (CH…) to show")
  .option("--no-browser", "only print the address")
  .action(async (sid: string | undefined, options: Common & { browser: boolean }) => {
    const { endpoint } = await running(options);
    const address = consoleLink(endpoint, sid === undefined ? "" : viewOf(sid));
    const isOpened = options.browser && options.json !== true && (await openInBrowser(address));
    print(options, { address }, isOpened ? `Opened ${address}` : address);
  });

function viewOf(sid: string): string {
  if (/^FN[0-9a-f]{32}$/.test(sid)) return `executions/${sid}`;
  if (/^CH[0-9a-f]{32}$/.test(sid)) return `conversations/${sid}`;
  throw new CommandError(2, `'${sid}' is not a SID of an Execution (FN…) or a Conversation (CH…)`);
}

command("reset", "forget everything but the account and its default numbers").action(
  async (options: Common) => {
    const there = await findRunning(options.folder);
    if (there === undefined) return resetFolder(options);
    const answer = await control(there.endpoint, "POST", "reset");
    print(options, answer, "The local Twilio is as new.");
  },
);

command("say", "write a message from a handset and show what every handset receives")
  .requiredOption("--from <address>", "the handset, +15550100201 or whatsapp:+15550100201")
  .requiredOption("--to <address>", "a number of the account")
  .argument("<text>", "the message")
  .action(async (text: string, options: Common & { from: string; to: string }) => {
    const { endpoint } = await running(options);
    const said = await say(endpoint, { from: options.from, to: options.to, body: text });
    print(options, said, said.lines.join("\n"));
  });

/** Options that may stand several times, in the order in which they stand. */
function inTurn(make: (value: string) => Act): (value: string, before: Act[] | undefined) => Act[] {
  return (value, before = []) => {
    const act = make(value);
    script.push(act);
    return [...before, act];
  };
}
const script: Act[] = [];

command("call", "call a number from a handset: type to speak, digits are keys, 'hangup' or Ctrl-D hangs up")
  .argument("<from>", "the handset, +15550100201")
  .argument("<to>", "a number of the account")
  .option("--keys <keys>", "press keys instead of typing; repeatable", inTurn(keysOf))
  .option(
    "--say <text>",
    "speak instead of typing; repeatable",
    inTurn((text) => ({ say: text })),
  )
  .action(async (from: string, to: string, options: Common) => {
    const { endpoint } = await running(options);
    const show =
      options.json === true ? () => undefined : (line: string) => process.stdout.write(`${line}\n`);
    const called = await call(
      endpoint,
      { from, to },
      script.length > 0 ? script : typed(process.stdin),
      show,
    );
    print(options, called, wayShown(called.path));
  });

function keysOf(keys: string): Act {
  const act = actOf(keys);
  if (typeof act !== "string" && "keys" in act) return act;
  throw new InvalidArgumentError("Keys are 0 to 9, # and *.");
}

command("env", "print what a Twilio client needs to reach it under Twilio's own host names").action(
  async (options: Common) => {
    const { endpoint } = await running(options);
    const account = await control<Account>(endpoint, "GET", "account");
    const variables = clientEnvironment(endpoint, options.folder, account);
    print(options, variables, `${asShell(variables)}\n${javaLines(endpoint, options.folder)}`);
  },
);
