/** The command as somebody with an account types it, towards a local Twilio that is reached under Twilio's own host names. */
import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import type { LocalTwilio } from "@support-line/local-twilio";

export interface Ran {
  /** Null when it was killed. */
  readonly code: number | null;
  readonly said: string;
}

/** Starts it in `folder`; `ended` resolves when it is over. */
export function startProof(
  account: LocalTwilio,
  folder: string,
  words: readonly string[],
): { readonly child: ChildProcess; readonly ended: Promise<Ran> } {
  const bin = join(import.meta.dirname, "../bin/support-line-proof.mjs");
  const env = {
    ...process.env,
    TWILIO_ACCOUNT_SID: account.accountSid,
    TWILIO_AUTH_TOKEN: account.authToken,
    HTTPS_PROXY: account.endpoint,
    NO_PROXY: "127.0.0.1,localhost",
    NODE_USE_ENV_PROXY: "1",
    NODE_EXTRA_CA_CERTS: account.caCertificate,
    PROOF_DEBUG: "1",
  };
  const child = spawn(process.execPath, [bin, ...words], {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
  const ended = new Promise<Ran>((resolve, reject) => {
    child.on("error", reject).on("close", (code) => resolve({ code, said }));
  });
  return { child, ended };
}
