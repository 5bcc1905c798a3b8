/** Pictures and files that a phone of the console attaches: kept in the state's folder, fetched by whoever shows them. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Twilio } from "../../product.ts";

/** Twilio takes media up to 5 MB, https://www.twilio.com/docs/messaging/guides/accepted-mime-types */
export const mostMediaBytes = 5 * 1024 * 1024;

/** What browsers may show from here; everything else is only kept for download. */
const shown = /^(?:image\/(?:png|jpeg|gif|webp)|audio\/[a-z0-9.+-]+|video\/[a-z0-9.+-]+)$/;

interface Kept {
  readonly type: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

function folder(twilio: Twilio): string {
  return join(twilio.settings.folder, "media");
}

/** Keeps a file; answers its URL on this machine. */
export function keepMedia(
  twilio: Twilio,
  type: string,
  content: Uint8Array,
): { url: string; contentType: string } {
  const sid = twilio.sid("ME");
  mkdirSync(folder(twilio), { recursive: true, mode: 0o700 });
  const contentType = /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : "application/octet-stream";
  writeFileSync(join(folder(twilio), `${sid}.json`), JSON.stringify({ contentType }));
  writeFileSync(join(folder(twilio), sid), content);
  return { url: `${twilio.endpoint}/_local/v1/media/${sid}`, contentType };
}

/** A kept file; undefined when no file has that name. */
export function findMedia(twilio: Twilio, sid: string): Kept | undefined {
  if (!/^ME[0-9a-f]{32}$/.test(sid)) return undefined;
  try {
    const about: unknown = JSON.parse(readFileSync(join(folder(twilio), `${sid}.json`), "utf8"));
    const type =
      typeof about === "object" && about !== null && "contentType" in about && String(about.contentType);
    return {
      type: typeof type === "string" && shown.test(type) ? type : "application/octet-stream",
      content: new Uint8Array(readFileSync(join(folder(twilio), sid))),
    };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
