/** Whose each file of the reference project is. */
import { z } from "zod";
import manifest from "./manifest.json" with { type: "json" };

/** A row is a file, or a folder with all that is in it; the longest row that fits a file counts. */
export const manifestSchema = z.strictObject({
  /** The person's, as they are here. */
  copied: z.array(z.string()),
  /** The person's, written for their answers. */
  written: z.array(z.string()),
  /** The repository's alone. */
  repository: z.array(z.string()),
  /** Of what is copied, what only projects with this template get. What no template names, every project gets. */
  templates: z.record(z.string(), z.array(z.string())),
  /** What a project installs to be worked on, of what the repository installs. */
  developed: z.array(z.string()),
});
export type Manifest = z.output<typeof manifestSchema>;

export const fits = (row: string, file: string): boolean =>
  row.endsWith("/") ? file.startsWith(row) : file === row;

export const ownManifest: Manifest = manifestSchema.parse(manifest);
export const templateNames = Object.keys(ownManifest.templates);

/** Whether every project, or one with a template, gets a file as it is. */
export function isCopied(
  { copied, written, repository, templates }: Manifest,
  file: string,
  template: string | null,
): boolean {
  const [row] = [...copied, ...written, ...repository]
    .filter((each) => fits(each, file))
    .sort((one, other) => other.length - one.length);
  if (row === undefined || !copied.includes(row)) return false;
  const of = Object.keys(templates).filter((name) => templates[name]?.some((each) => fits(each, file)));
  return of.length === 0 || (template !== null && of.includes(template));
}
