/** `npm run stage -- logs`: what happens on a stage, on the local Twilio and on an account, over REST alone. */
import type { Command } from "commander";
import { setTimeout } from "node:timers/promises";
import { CliError } from "../errors.ts";
import {
  happeningsIn,
  happeningText,
  openReading,
  type Filter,
  type Happening,
  type Reading,
} from "../night/happenings.ts";
import { openNightStage } from "../night/night-stage.ts";
import { stretch } from "../night/words.ts";
import { asking } from "./twilio-client.ts";

interface Flags {
  readonly follow?: boolean;
  readonly since: string;
  readonly customer?: string;
  readonly conversation?: string;
  readonly execution?: string;
  readonly failed?: boolean;
  readonly json?: boolean;
}

/** A quiet stage is asked so often; after something has happened, sooner. */
const quietMs = 30_000;
const busyMs = 5_000;
/** Twilio shows what happened a little later than it did: each reading reaches so far back behind the one before. */
const overlapMs = 60_000;

export interface FollowOptions {
  readonly say: (happening: Happening) => void;
  readonly gap: (gap: string) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Whether to go on; asked before each wait. */
  readonly goesOn: () => boolean;
}

/**
 * Says what happened since a time, and then what happens. Of a quiet stage with one line Twilio is asked six times a minute:
 * Executions and alerts twice, Functions' logs once, and what was published once a line in turns with the Build.
 */
export async function follow(reading: Reading, since: number, options: FollowOptions): Promise<void> {
  const { say, gap, now, wait, goesOn } = options;
  const said = new Set<string>();
  const gaps = new Set<string>();
  let [from, pause, turn] = [since, quietMs, 0];
  for (;;) {
    const to = now();
    const wanted = turn === 0 ? {} : { logs: turn % 2 === 1, published: turn % 4 === 2 };
    const read = await happeningsIn(reading, from, to, wanted);
    const fresh = read.happenings.filter((each) => !said.has(keyOf(each)));
    for (const each of fresh) {
      said.add(keyOf(each));
      say(each);
    }
    for (const each of read.gaps) {
      if (!gaps.has(each)) gap(each);
      gaps.add(each);
    }
    // What was published may have changed the widgets.
    if (fresh.some(({ kind }) => kind === "published")) reading.flows = null;
    if (!goesOn()) return;
    pause = fresh.length > 0 ? busyMs : Math.min(quietMs, pause * 2);
    turn += 1;
    // Logs and publications are read in turns, so the stretch covers all turns.
    from = Math.max(since, to - overlapMs - 4 * quietMs);
    await wait(pause);
  }
}

/** An Execution is said once while it waits and once more when it has ended or failed. */
const keyOf = ({ kind, sid, at, code, text }: Happening) =>
  `${kind} ${sid} ${at} ${kind === "failure" ? (code ?? "") : text}`;

/** The filter of what was typed. @throws CliError `bad-value` */
export function filterOf({ customer, conversation, execution, failed }: Partial<Flags>): Filter {
  const digits = customer?.replace(/\D/g, "");
  if (digits !== undefined && digits.length < 4) {
    throw new CliError("bad-value", {
      option: "--customer",
      value: customer ?? "",
      problem: "give the last four digits at least: 0201, or …0201",
    });
  }
  sidOption("--conversation", "CH", conversation);
  sidOption("--execution", "FN", execution);
  return { customer: digits, conversation, execution, failed };
}

function sidOption(option: string, prefix: string, value: string | undefined): void {
  if (value === undefined || new RegExp(`^${prefix}[0-9a-f]{32}$`).test(value)) return;
  throw new CliError("bad-value", {
    option,
    value,
    problem: `is not a SID: ${prefix} and 32 hexadecimal digits, as logs and status print them`,
  });
}

/** Adds the verb. */
export function addLogs(program: Command): void {
  program
    .command("logs")
    .description(
      "Prints what happens on a stage: Executions with the way they took, failures, logs of Functions, deployments.",
    )
    .argument("<stage>", "local, dev, …")
    .option("--follow", "keep printing until Ctrl-C")
    .option("--since <time>", "how far back: 30m, 1h, 2d", "1h")
    .option("--customer <digits>", "last digits of a customer's number: 0201")
    .option("--conversation <sid>", "one Conversation, CH…")
    .option("--execution <sid>", "one Execution, FN…")
    .option("--failed", "only what failed")
    .option("--json", "print JSON, one object a line")
    .action(async (name: string, { follow: isFollowed = false, since, json = false, ...rest }: Flags) => {
      const back = stretch("--since", since);
      const filter = filterOf(rest);
      const night = await openNightStage(name);
      let said = 0;
      await asking(name, () =>
        follow(openReading(night, filter), Date.now() - back, {
          say: (each) => {
            said += 1;
            console.log(json ? JSON.stringify(each) : happeningText(each));
          },
          gap: (gap) => process.stderr.write(`Not complete: ${gap}.\n`),
          now: Date.now,
          wait: (milliseconds) => setTimeout(milliseconds),
          goesOn: () => isFollowed,
        }),
      );
      if (said === 0 && !json) console.log(`Nothing in the last ${since}.`);
    });
}
