import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { ProviderError } from "../errors.ts";
import type { Asset } from "./value.ts";

/**
 * The bytes of an asset.
 *
 * @throws ProviderError when its file cannot be read, or when it is to be fetched from elsewhere
 */
export function content(asset: Asset, property: string): Uint8Array {
  const { text, path, uri } = asset.source;
  if (text !== undefined) return new TextEncoder().encode(text);
  if (path === undefined) {
    throw new ProviderError("asset-remote", { property, uri: uri ?? "no text, no path" });
  }
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new ProviderError("asset-unreadable", { property, path, reason: reason(cause) }, { cause });
  }
}

/** Its size in bytes without reading it; undefined where that cannot be known yet, or never. */
export function contentSize({ source: { text, path } }: Asset): number | undefined {
  if (text !== undefined) return Buffer.byteLength(text);
  return path === undefined ? undefined : statSync(path, { throwIfNoEntry: false })?.size;
}

/** What tells two contents apart without reading them twice: the engine's hash, or one of the same kind. */
export function contentHash(asset: Asset): string {
  const { hash, text, path, uri } = asset.source;
  if (hash !== undefined) return hash;
  if (text !== undefined) return createHash("sha256").update(text).digest("hex");
  return path ?? uri ?? "";
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
