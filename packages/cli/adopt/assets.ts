/** What is in the Assets that a Build serves. The API shows none of it, but who may read an Asset gets it at its address. */
import { signRequest } from "@support-line/functions-runtime";
import { assetFile } from "@support-line/functions-runtime/sources";
import { unreachable } from "../edge/send.ts";
import { answerMs } from "../edge/timeout.ts";
import type { Account } from "./account.ts";

export interface DeployedAsset {
  readonly versionSid: string;
  readonly path: string;
  readonly visibility: string;
  /** Its file and what is in it; null where it cannot be read, and stays in every Build by its version. */
  readonly taken: { readonly file: string; readonly content: Uint8Array } | null;
}

/** Reads the public and protected ones; private ones have no address. */
export function readAssets(
  account: Account,
  domainName: string,
  versions: readonly { readonly sid: string; readonly path: string; readonly visibility: string }[],
): Promise<DeployedAsset[]> {
  return Promise.all(
    versions.map(async ({ sid, path, visibility }) => {
      const file = assetFile(path, visibility);
      const content =
        file === null || visibility === "private" ? null : await contentOf(account, domainName, path);
      const taken = file === null || content === null ? null : { file, content };
      return { versionSid: sid, path, visibility, taken };
    }),
  );
}

async function contentOf(
  { endpoint, authToken }: Account,
  domainName: string,
  path: string,
): Promise<Uint8Array | null> {
  const url = `https://${domainName}${path}`;
  const headers: Record<string, string> =
    authToken === undefined ? {} : { "x-twilio-signature": signRequest(authToken, url, {}) };
  const asked = endpoint === "" ? url : `${endpoint}/${domainName}${path}`;
  const response = await fetch(asked, { headers, signal: AbortSignal.timeout(answerMs()) }).catch(
    (error: unknown): never => {
      throw unreachable(new URL(asked).host, error);
    },
  );
  return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
}
