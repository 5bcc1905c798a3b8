/** What is still to be imported into a stage: what its line is made of, without what the stack has. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Project } from "@support-line/stage";
import { jsonIn } from "@support-line/studio";
import { z } from "zod";
import { CliError } from "../errors.ts";
import { pulumi } from "../stage/pulumi.ts";
import { importFileName, type Import } from "./files.ts";

const file = z.object({
  resources: z.array(z.object({ type: z.string(), name: z.string(), id: z.string() })),
});
const exported = z.object({
  deployment: z.object({ resources: z.array(z.object({ urn: z.string() })).default([]) }).nullable(),
});

/**
 * The resources of an import file that lies there, and these, without those that are in the stack.
 *
 * @param isForced whether a file that cannot be read is written over
 * @throws CliError `files-in-the-way` for such a file, or with Pulumi's complaint when the stack cannot be read
 */
export async function stillToImport(
  { folder }: Pick<Project, "folder">,
  stage: string,
  imports: readonly Import[],
  isForced: boolean,
): Promise<Import[]> {
  const name = importFileName(stage);
  const path = join(folder, name);
  const { success, data } = file.safeParse(
    existsSync(path) ? jsonIn(readFileSync(path, "utf8")) : { resources: [] },
  );
  if (!success && !isForced) throw new CliError("files-in-the-way", { files: name });
  const before = data?.resources ?? [];
  const known = await urnsOf(stage);
  const isKnown = ({ type, name }: Import) => known.some((urn) => urn.endsWith(`::${type}::${name}`));
  const isAgain = ({ type, name }: Import) =>
    imports.some((each) => each.type === type && each.name === name);
  return [...before.filter((each) => !isAgain(each)), ...imports].filter((each) => !isKnown(each));
}

async function urnsOf(stage: string): Promise<string[]> {
  try {
    const text = await pulumi(stage, ["stack", "export"]);
    return (exported.parse(JSON.parse(text)).deployment?.resources ?? []).map(({ urn }) => urn);
  } catch (error) {
    if (error instanceof CliError && /no stack named/.test(error.message)) return [];
    throw error;
  }
}
