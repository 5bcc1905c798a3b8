/** The one place where an error becomes what a person reads. It never prints an object, a request or, unasked, a stack. */
import { cliErrors, CliError } from "../errors.ts";
import { TwilioRefusal } from "../twilio/refusal.ts";
import { unanswered } from "./network.ts";
import { withoutSecrets } from "./secrets.ts";

/** How a command ends that something was thrown in. */
export interface Failure {
  /** What is said; null when whoever threw it has said it. */
  readonly text: string | null;
  readonly exitCode: number;
}

/** 1 findings, 2 wrong use, 3 Twilio or network; a fault of the tool's own is not one of them (EX_SOFTWARE of sysexits.h). */
export const exitCodes = { findings: 1, use: 2, twilio: 3, ours: 70, stopped: 130 } as const;

/**
 * Errors of ours whose message is written for whoever uses the commands, by name: to load their classes would cost every
 * command what only some need. One with an `exitCode` of its own goes before.
 */
const ours: Readonly<Record<string, number>> = {
  ProjectError: exitCodes.use,
  StageError: exitCodes.use,
  TemplateError: exitCodes.use,
  StudioError: exitCodes.use,
  TypedFlowError: exitCodes.use,
  ConversationError: exitCodes.use,
  ConversationFailure: exitCodes.findings,
  FunctionsError: exitCodes.use,
  StepError: exitCodes.twilio,
  CommandError: exitCodes.twilio,
  SetupError: exitCodes.use,
};

/** What the file system refuses, by Node's code. */
const ofFiles: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  EACCES: "cannot be read or written with your rights",
  EPERM: "cannot be read or written with your rights",
  EISDIR: "is a folder, but must be a file",
  ENOTDIR: "is not a folder",
  EEXIST: "exists already",
  ENOTEMPTY: "is not empty",
  EROFS: "is on a read-only disk",
  ENOSPC: "has no room: the disk is full",
};

/** What is said of an error, whatever it is, and the exit code. */
export function failureOf(error: unknown): Failure {
  const { text, exitCode } = read(error);
  return { text: text === null ? null : withoutSecrets(text), exitCode };
}

function read(error: unknown): Failure {
  if (!(error instanceof Error)) return unexpected(String(error));
  if (error instanceof CliError) return { text: error.message, exitCode: cliErrors[error.code].exitCode };
  const own = exitCodeOf(error);
  // Commander has said what is wrong with the words, or helped.
  if (codeOf(error).startsWith("commander.")) return { text: null, exitCode: own === 0 ? 0 : exitCodes.use };
  const ending = Object.hasOwn(ours, error.name) ? ours[error.name] : undefined;
  if (ending !== undefined) return { text: error.message, exitCode: own ?? ending };
  if (error.name === "ExitPromptError") {
    return { text: "Stopped, and nothing was written.", exitCode: exitCodes.stopped };
  }
  const refusal = TwilioRefusal.of(error);
  if (refusal !== null) return { text: refusal.sentence, exitCode: exitCodes.twilio };
  const file = "path" in error && typeof error.path === "string" ? ofFiles[codeOf(error)] : undefined;
  if (file !== undefined && "path" in error) {
    return { text: `${String(error.path)} ${file} (${codeOf(error)}).`, exitCode: exitCodes.use };
  }
  const silent = unanswered(error);
  if (silent !== null) {
    const { host, problem, advice } = silent;
    const text = new CliError("unreachable", { host: host ?? "The other side", problem, advice }).message;
    return { text, exitCode: exitCodes.twilio };
  }
  return unexpected(`${error.name}: ${error.message}`);
}

const codeOf = (error: Error): string =>
  "code" in error && typeof error.code === "string" ? error.code : "";
const exitCodeOf = (error: Error): number | undefined =>
  "exitCode" in error && typeof error.exitCode === "number" ? error.exitCode : undefined;

/** As much of a message as is shown that nobody wrote for a person. */
const longest = 300;

function unexpected(message: string): Failure {
  const [first = ""] = message.split("\n");
  const text = `This is a fault of the tool itself, ${first.slice(0, longest)}; SUPPORT_LINE_DEBUG=1 says where it happened.`;
  return { text, exitCode: exitCodes.ours };
}

/**
 * Says what was thrown, on standard error.
 *
 * @returns the exit code
 */
export function sayFailure(error: unknown): number {
  const { text, exitCode } = failureOf(error);
  if (text !== null) process.stderr.write(`${text}\n`);
  const isAsked = !["", "0", undefined].includes(process.env["SUPPORT_LINE_DEBUG"]);
  if (isAsked && text !== null) process.stderr.write(`${withoutSecrets(stackOf(error))}\n`);
  return exitCode;
}

/** Where it happened, with its causes: names, messages and lines of code, and no field of any object. */
function stackOf(error: unknown, depth = 0): string {
  if (!(error instanceof Error) || depth > 5) return "";
  const cause = stackOf(error.cause, depth + 1);
  return `${error.stack ?? error.message}${cause === "" ? "" : `\nbecause of ${cause}`}`;
}
