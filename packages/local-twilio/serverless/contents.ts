/** What was uploaded: the contents of Function and Asset Versions, which no list has to read. */
import type { Twilio } from "../product.ts";
import { tokens } from "./tokens.ts";

/** Keeps the content of a version. */
export function putContent({ store }: Twilio, version: string, content: Uint8Array): void {
  store.database
    .prepare("insert into serverless_contents (version, content) values (?, ?)")
    .run(version, content);
}

/** The content of a version. */
export function contentOf({ store }: Twilio, version: string): Uint8Array {
  const row = store.database
    .prepare("select content from serverless_contents where version = ?")
    .get(version);
  const content = row?.["content"];
  if (!(content instanceof Uint8Array)) throw new Error(`the content of version ${version} is missing`);
  return content;
}

/** Drops the contents of versions that neither exist nor are part of a Build. */
export function pruneContents({ store }: Twilio): void {
  const versions = [...store.list(tokens.functionVersion), ...store.list(tokens.assetVersion)].map(
    ({ sid }) => sid,
  );
  const built = store
    .list(tokens.build)
    .flatMap(({ body }) => [body["function_versions"], body["asset_versions"]]);
  const kept = new Set([...versions, ...built.flatMap((list) => versionSids(list))]);
  for (const { version } of store.database.prepare("select version from serverless_contents").all()) {
    const sid = String(version);
    if (!kept.has(sid)) store.database.prepare("delete from serverless_contents where version = ?").run(sid);
  }
}

/** SIDs of the versions that a Build lists. */
export function versionSids(list: unknown): string[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((version: unknown) => {
    const sid = typeof version === "object" && version !== null && "sid" in version ? version.sid : undefined;
    return typeof sid === "string" ? [sid] : [];
  });
}
