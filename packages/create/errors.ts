/** What `create` refuses, by code. Nothing was written then. */
export const createErrors = {
  "bad-value": "{option} {value}: {problem}",
  "name-missing": "What is the line called? Name its folder: npm create support-line my-line",
  "not-empty": "{folder} has {entries} in it, and nothing was written: name a new folder, or an empty one.",
  "is-file": "{folder} is a file, and nothing was written: name a new folder.",
  "plug-and-play":
    "{folder} has Yarn's Plug'n'Play, with which the Pulumi engine cannot find packages: write nodeLinker: node-modules into its .yarnrc.yml first. Nothing was written.",
  "no-such-flow": "--from {path} is not there: name the file of a Flow, as Studio's editor exports it.",
  "not-a-flow":
    "--from {path} is no Flow: {problem}. A Flow Definition has initial_state and states, as Studio's editor exports it.",
  "not-together": "{one} and {other} do not go together: {problem}.",
  "not-packed":
    "What a project is made of is not beside this command: it comes with the package create-support-line.",
  "not-installed":
    "The project is written, and {command} failed. Mend what it says and run it again in {folder}.",
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
