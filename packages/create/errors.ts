/** What `create` refuses, by code. Nothing was written then. */
export const createErrors = {
  "bad-value": "{option} {value}: {problem}",
  "name-missing": "The folder is missing: npm create support-line my-line",
  "not-empty": "{folder} is not empty: it has {entries}. Nothing was written: name a new or an empty folder.",
  "is-file": "{folder} is a file, and nothing was written: name a new folder.",
  "plug-and-play":
    "{folder} uses Yarn's Plug'n'Play, and the Pulumi engine cannot find packages with it: write nodeLinker: node-modules into its .yarnrc.yml first. Nothing was written.",
  "no-such-flow": "--from {path} does not exist: name the file of a Flow, as Studio's editor exports it.",
  "not-a-flow":
    "--from {path} is not a Flow: {problem}. A Flow Definition has initial_state and states, as Studio's editor exports it.",
  "not-together": "{one} and {other} do not go together: {problem}.",
  "not-packed":
    "The files for a project are missing beside this command: use it from the package create-support-line.",
  "not-installed":
    "The project is written, but {command} failed. Fix what it says and run it again in {folder}.",
} as const;

export class CreateError extends Error {
  readonly code: keyof typeof createErrors;

  constructor(
    code: keyof typeof createErrors,
    values: Readonly<Record<string, string>> = {},
    options?: ErrorOptions,
  ) {
    super(
      createErrors[code].replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ""),
      options,
    );
    this.name = "CreateError";
    this.code = code;
  }
}
