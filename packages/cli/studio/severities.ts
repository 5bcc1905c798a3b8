/** `--off code`, `--warn code`, `--error code`: what becomes of advice, by its code. */
import { Option, type Command } from "commander";
import { adviceRules, type Severity } from "@support-line/studio/advice";
import { CliError } from "../errors.ts";

export interface SeverityFlags {
  readonly off?: readonly string[];
  readonly warn?: readonly string[];
  readonly error?: readonly string[];
}

/** What `check` says besides the rules' advice, and may be switched as well. */
export const ownCodes: Readonly<Record<string, Severity>> = {
  "not-in-catalogue": "warning",
  "not-here": "error",
  "no-such-place": "error",
  "unfilled-place": "error",
  "bindings-not-tried": "warning",
};

/** Adds the three options to a command. */
export function withSeverities(command: Command): Command {
  const several = (value: string, before: readonly string[] = []) => [...before, ...value.split(",")];
  const add = (flag: string, does: string) =>
    command.addOption(new Option(`--${flag} <code>`, `${does}; repeatable`).argParser(several));
  add("off", "turn this advice off");
  add("warn", "report this advice as a warning");
  add("error", "report this advice as an error");
  return command;
}

/**
 * The severities by code; of two flags for one code the stricter counts.
 *
 * @throws CliError when there is no such code
 */
export function severitiesOf({ off = [], warn = [], error = [] }: SeverityFlags): Record<string, Severity> {
  const known = [...adviceRules.map(({ code }) => code), ...Object.keys(ownCodes)];
  for (const code of [...off, ...warn, ...error]) {
    if (!known.includes(code)) throw new CliError("no-such-code", { code, known: known.join(", ") });
  }
  const by = (codes: readonly string[], severity: Severity) => codes.map((code) => [code, severity] as const);
  return Object.fromEntries([...by(off, "off"), ...by(warn, "warning"), ...by(error, "error")]);
}
