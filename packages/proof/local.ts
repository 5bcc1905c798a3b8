/** A local Twilio of the run's own, to be asked the same. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openTwilio, type Switches } from "@support-line/local-twilio";
import type { Login } from "./account.ts";
import type { Run } from "./compare.ts";
import { beginLedger } from "./ledger.ts";
import type { Probe } from "./probe.ts";
import { askAll } from "./prove.ts";

export interface OpenedLocal {
  readonly login: Login;
  close(): Promise<void>;
}

/** Two of the numbers that every local Twilio has. */
const numbers = { line: "+15550100008", phone: "+15550100009" };

/** Opens one whose state goes with it. */
export async function openLocal(switches: Partial<Switches> = {}): Promise<OpenedLocal> {
  // Probes ask for what there is not, too: that is no fault of anybody's.
  const local = await openTwilio({ memory: true, switches, report: () => undefined });
  const endpoint = await local.listen();
  return {
    login: { accountSid: local.accountSid, authToken: local.authToken, endpoint },
    close: () => local.close(),
  };
}

/** Asks a fresh local Twilio. */
export async function askLocal(
  probes: readonly Probe[],
  isWithNumbers: boolean,
  signal: AbortSignal,
  switches: Partial<Switches> = {},
): Promise<Run> {
  const local = await openLocal(switches);
  const folder = mkdtempSync(join(tmpdir(), "proof-"));
  try {
    const ledger = beginLedger(folder, {
      account: local.login.accountSid,
      prefix: "proof-0ca100",
      numbers: isWithNumbers ? numbers : null,
      parts: [],
    });
    return await askAll({ login: local.login, ledger, probes, signal, noSubAccount: true });
  } finally {
    await local.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
