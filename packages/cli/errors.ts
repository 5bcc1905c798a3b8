/** What the commands refuse, by code: what is said, whose fault it is, and the exit code. */
export const cliErrors = {
  "not-set-up": {
    fault: "user",
    exitCode: 2,
    text: "The Pulumi CLI is not set up in this project: run npm run setup in it.",
  },
  "no-pulumi": { fault: "user", exitCode: 2, text: "{problem}" },
  "stage-not-deployed": {
    fault: "user",
    exitCode: 2,
    text: "Stage {stage} is not deployed, or not by this version of the stack: run npx pulumi up -s {stage}.",
  },
  unreachable: {
    fault: "network",
    exitCode: 3,
    text: "{host} cannot be reached: {problem}; {advice}.",
  },
  "pulumi-failed": { fault: "user", exitCode: 3, text: "pulumi {command} failed: {problem}" },
  "no-such-story": {
    fault: "user",
    exitCode: 1,
    text: "Stage {stage} has no record of {about}: npm run stage -- status {stage} and logs {stage} show what there is.",
  },
  "no-such-line": {
    fault: "user",
    exitCode: 2,
    text: "Stage {stage} has no line {line}; it has {known}.",
  },
  "no-auth-token": {
    fault: "user",
    exitCode: 2,
    text: "Protected Functions accept only requests that are signed with the account's auth token, and an API key cannot sign: set TWILIO_AUTH_TOKEN to the token of stage {stage}'s account.",
  },
  "stage-exists": {
    fault: "user",
    exitCode: 2,
    text: "Pulumi.{stage}.yaml exists already, and nothing was written: choose another name, or edit that file.",
  },
  "answers-missing": {
    fault: "user",
    exitCode: 2,
    text: "There is no terminal to ask on, and nothing was written: give {flags}.",
  },
  "not-a-stage": { fault: "user", exitCode: 2, text: "Nothing was written. To fix:\n{faults}" },
  "stages-to-fix": { fault: "user", exitCode: 1, text: "To fix: {stages}." },
  "no-credentials": {
    fault: "user",
    exitCode: 2,
    text: "Stage {stage} has no credentials: set TWILIO_AUTH_TOKEN, or TWILIO_API_KEY and TWILIO_API_SECRET, of its account.",
  },
  "twilio-refused": { fault: "twilio", exitCode: 3, text: "{problem}" },
  "no-address": {
    fault: "user",
    exitCode: 2,
    text: "{value} is not an address: write +15550100201, or whatsapp:+15550100201.",
  },
  "merge-of-three": {
    fault: "user",
    exitCode: 2,
    text: "A merge takes three Flows: npx studio merge <base> <ours> <theirs>.",
  },
  "merge-of-code": {
    fault: "user",
    exitCode: 2,
    text: "{path} is a Flow as code, and Git merges code: merge the file by hand, then run npx studio check.",
  },
  "both-sides": { fault: "user", exitCode: 2, text: "--ours and --theirs cannot both decide: give one." },
  "no-studio-command": {
    fault: "user",
    exitCode: 2,
    text: "studio is not installed here: run npm install in the project, then npx studio merge --install.",
  },
  "git-failed": { fault: "user", exitCode: 2, text: "git {command} failed: {problem}" },
  "preview-failed": { fault: "user", exitCode: 3, text: "The preview of stage {stage} failed: {problem}" },
  "not-as-shown": {
    fault: "user",
    exitCode: 1,
    text: "Nothing was applied: a deployment of stage {stage} would no longer do what was shown. Preview it again and approve the new preview.",
  },
  "stage-locked": {
    fault: "user",
    exitCode: 3,
    text: "Stage {stage} is locked by another run, and nothing was changed: wait until that run ends. If it does not run any more: npx pulumi cancel --yes -s {stage}.",
  },
  "credentials-refused": {
    fault: "user",
    exitCode: 3,
    text: "{host} refuses the credentials for stage {stage} (401), and nothing was changed: the key has expired or was revoked, or it is another account's. Set TWILIO_AUTH_TOKEN, or TWILIO_API_KEY and TWILIO_API_SECRET, of the stage's account.",
  },
  "not-in-account": {
    fault: "user",
    exitCode: 3,
    text: "What stage {stage} deployed does not exist, and nothing was changed: {problem}. Either the credentials are another account's, or somebody deleted it; npx pulumi preview --refresh -s {stage} says which.",
  },
  "nothing-to-roll-back": {
    fault: "user",
    exitCode: 1,
    text: "There is nothing to go back to: stage {stage} remembers {known}.",
  },
  "same-already": {
    fault: "user",
    exitCode: 1,
    text: "Stage {stage} runs what was deployed at {deployment} already: there is nothing to put back.",
  },
  "no-such-commit": {
    fault: "user",
    exitCode: 2,
    text: "{commit} is not a commit of this repository: fix its spelling, or git fetch it.",
  },
  "not-remembered": {
    fault: "user",
    exitCode: 1,
    text: "Stage {stage} remembers no deployment of commit {commit}; it remembers: {known}. To go further back, check that commit out and deploy it.",
  },
  "build-gone": {
    fault: "user",
    exitCode: 1,
    text: "The deployment of {deployment} cannot be put back: Twilio no longer has its Build {sid}, and nothing was changed. Check that commit out and deploy it; twilio:keepBuilds sets how many Builds of stage {stage} are kept.",
  },
  "no-such-block": { fault: "user", exitCode: 2, text: "There is no block {block}. There are: {known}." },
  "no-such-template": {
    fault: "user",
    exitCode: 2,
    text: "flow-templates has no {template}. It has {known}. Put Flows that Studio's editor exported there.",
  },
  "which-template": {
    fault: "user",
    exitCode: 2,
    text: "Which Flow is meant? Name it after the block. flow-templates has {known}.",
  },
  "block-into-code": {
    fault: "user",
    exitCode: 2,
    text: "flow-templates/{template}.ts is a Flow as code, and a block goes into JSON: npx studio convert flow-templates/{template}.ts --out flow-templates/{template}.json, delete the code, then add the block.",
  },
  "block-into-adopted": {
    fault: "user",
    exitCode: 2,
    text: "{template} is the Flow of the adopted stage {stage}, which runs the Functions it had: copy the Flow for a line of this project, and add the block to the copy.",
  },
  "block-is-there": { fault: "user", exitCode: 2, text: "The block {block} is in {file} already." },
  "block-names-taken": {
    fault: "user",
    exitCode: 2,
    text: "{file} has widgets with the same names as widgets of the block {block}: {names}. Rename yours. Nothing was written.",
  },
  "block-not-placed": {
    fault: "user",
    exitCode: 2,
    text: "The block {block} has no place in {file}: {problem}. Nothing was written.",
  },
  "function-taken": {
    fault: "user",
    exitCode: 2,
    text: "functions already has a Function {name}, and the block {block} adds one with that name: rename yours. Nothing was written.",
  },
  "not-to-pull": { fault: "user", exitCode: 2, text: "{problem}" },
  "line-is-paused": {
    fault: "user",
    exitCode: 2,
    text: "Line {line} is paused, and its newest revision is the pause itself: run npm run stage -- resume {stage}, then pull.",
  },
  "template-is-code": {
    fault: "user",
    exitCode: 2,
    text: "{template} is written as code, and code is not overwritten: pull it with --out {template}.pulled.json, see the changes with npx studio diff, and make them in the code.",
  },
  "not-paused": { fault: "user", exitCode: 1, text: "No line of stage {stage} is paused." },
  "not-rolled-back": {
    fault: "user",
    exitCode: 1,
    text: "Stage {stage} is not rolled back: deployments work as usual.",
  },
  "github-refused": { fault: "user", exitCode: 3, text: "{host} answered {status} to {what}; {advice}." },
  "no-pull-request": {
    fault: "user",
    exitCode: 2,
    text: "No pull request to comment on: give --number, GITHUB_TOKEN and GITHUB_REPOSITORY, or --output with a file.",
  },
  "no-repository": {
    fault: "user",
    exitCode: 2,
    text: "No repository to report to: set GITHUB_TOKEN and GITHUB_REPOSITORY (owner/name). Without --issue the drift is printed.",
  },
  "drift-unknown": {
    fault: "user",
    exitCode: 2,
    text: "Not compared: {stages}{problem}. Whether they have drifted is unknown.",
  },
  "no-such-stage": { fault: "user", exitCode: 2, text: "{stage} matches no stage. There are: {known}." },
  "rollout-stopped": {
    fault: "user",
    exitCode: 1,
    text: "Stopped: {stages} failed, and no other stage was started. Fix it and run the same command again: stages that are deployed already are left as they are.",
  },
  "not-created": {
    fault: "user",
    exitCode: 2,
    text: "{folder} has no .support-line.json, which records how a project was made, and nothing was changed: npm run upgrade works only in projects that npm create support-line made.",
  },
  "no-such-version": {
    fault: "user",
    exitCode: 2,
    text: "The registry has no {package}@{version}, and nothing was changed: npm view {package} versions lists them.",
  },
  "registry-failed": {
    fault: "network",
    exitCode: 3,
    text: "{package} could not be fetched from the registry, and nothing was changed: {problem}. npm config get registry shows which registry that is.",
  },
  "one-of": { fault: "user", exitCode: 2, text: "Give one of {options}." },
  "no-such-path": {
    fault: "user",
    exitCode: 2,
    text: "{path} is not there: name a Flow's file or a folder of Flows.",
  },
  "not-json": {
    fault: "user",
    exitCode: 2,
    text: "{path}:{line}:{column} is not JSON: {problem}. Export the Flow again from Studio's editor, or fix it there.",
  },
  "flow-of-2018": {
    fault: "user",
    exitCode: 2,
    text: "{path} is a Flow in the format that Studio exported in 2018, which nothing can read any more: import it into Studio's editor and export it again.",
  },
  "not-a-flow": {
    fault: "user",
    exitCode: 2,
    text: "{path} is not a Flow: {problem}. A Flow Definition has initial_state and states, as Studio's editor exports it.",
  },
  "exports-no-flow": { fault: "user", exitCode: 2, text: "{problem}" },
  "not-typed": { fault: "user", exitCode: 2, text: "{problem}" },
  "no-answer": {
    fault: "user",
    exitCode: 2,
    text: "{asked} was asked, and there is no answer for it: give {option}, or set the answer beforehand with /answers {of} {example}.",
  },
  "too-large": {
    fault: "user",
    exitCode: 2,
    text: "{path} has {size} MB, and no Flow has more than {most}: is it another file?",
  },
  "no-flows": {
    fault: "user",
    exitCode: 2,
    text: "{path} has no Flow in it: name a folder with Flow Definitions (*.json), or a file.",
  },
  "one-flow": {
    fault: "user",
    exitCode: 2,
    text: "{path} has {count} Flows, and {command} takes one: name one of {names}.",
  },
  "no-such-code": { fault: "user", exitCode: 2, text: "There is no advice {code}. There are: {known}." },
  "unlike-paths": {
    fault: "user",
    exitCode: 2,
    text: "{one} and {other} cannot be compared: name two Flows, or two folders of Flows.",
  },
  "no-such-folder": {
    fault: "user",
    exitCode: 2,
    text: "{path} is not a folder: name the one that holds the Functions, or leave {option} out.",
  },
  "bad-value": { fault: "user", exitCode: 2, text: "{option} {value}: {problem}" },
  "bad-line": { fault: "user", exitCode: 2, text: "{place}: {problem}" },
  "other-account": {
    fault: "user",
    exitCode: 2,
    text: "Stage {stage} belongs to account {known}, but TWILIO_ACCOUNT_SID is {given}: set the credentials of {known}, or adopt under another stage's name.",
  },
  "no-account": {
    fault: "user",
    exitCode: 2,
    text: "Which account is stage {stage} adopted from? Set TWILIO_ACCOUNT_SID and, of the same account, TWILIO_AUTH_TOKEN or TWILIO_API_KEY and TWILIO_API_SECRET.",
  },
  "account-closed": {
    fault: "twilio",
    exitCode: 3,
    text: "The credentials do not open account {account}; {problem}. The key is expired or deleted, or it is another account's: make a new one under Account > API keys of {account}.",
  },
  "credentials-elsewhere": {
    fault: "user",
    exitCode: 2,
    text: "The credentials belong to account {actual}, but account {account} is to be read: set the credentials of {account}.",
  },
  "no-line": {
    fault: "user",
    exitCode: 2,
    text: "Account {account} has no line to adopt: no address brings messages to {which} ({known}). A Flow answers through an address configuration of type studio, or as a number's own SMS webhook; connect it in the Console, then adopt again.",
  },
  "which-line": {
    fault: "user",
    exitCode: 2,
    text: "More than one line could be meant: {lines}. Name one with --address or --flow. Adopt the others after it, into this stage or into stages of their own.",
  },
  "line-there": {
    fault: "user",
    exitCode: 2,
    text: "{address} is line {line} of stage {stage} already: leave out --name, and add --force to read it again.",
  },
  "flow-there": {
    fault: "user",
    exitCode: 2,
    text: "Flow {flow} belongs to line {line} ({of}) of stage {stage} already, and a Flow can be adopted only once: copy it in Studio's editor, let the copy answer {address}, then adopt it.",
  },
  "name-there": {
    fault: "user",
    exitCode: 2,
    text: "Stage {stage} has a line {line} already ({of}), and nothing was written: give the line of {address} another name with --name.",
  },
  "which-line-leaves": {
    fault: "user",
    exitCode: 2,
    text: "Stage {stage} has Functions in several Services, and a folder holds one Service: say with --line which line leaves: {lines}.",
  },
  "own-line-leaves": {
    fault: "user",
    exitCode: 2,
    text: "--line is for a stage with several adopted lines, and the lines of stage {stage} are the project's own: leave out --line.",
  },
  "last-line-leaves": {
    fault: "user",
    exitCode: 2,
    text: "Stage {stage} has no other line: leave out --forget, and let Pulumi forget the stage with npx pulumi stack rm {stage} --force.",
  },
  "forget-which": {
    fault: "user",
    exitCode: 2,
    text: "--forget removes one line from stage {stage}: say which one with --line: {lines}.",
  },
  "paused-leaves": {
    fault: "user",
    exitCode: 2,
    text: "Line {line} of stage {stage} is paused, and would leave with the Flow of the pause: run npm run stage -- resume {stage} --line {line} first.",
  },
  "answered-twice": {
    fault: "user",
    exitCode: 2,
    text: "Two things answer {address}: {answers}. Customers get two answers, because a number's own webhook is called although Twilio opens a Conversation: remove one of the two in the Console, then adopt again.",
  },
  "answered-by-service": {
    fault: "user",
    exitCode: 2,
    text: "{address} is in Messaging Service {service}, and that Service's setting overrides the number's SMS webhook: choose \"Defer to sender's webhook\" there, then adopt again.",
  },
  "not-adoptable": { fault: "user", exitCode: 2, text: "{problem}" },
  "stack-not-made": {
    fault: "user",
    exitCode: 3,
    text: "The files are written, but Pulumi could not store the secrets of stage {stage}: {problem}. Log in to the backend (npx pulumi login), or set PULUMI_CONFIG_PASSPHRASE where it asks for one, then run the same command with --force.",
  },
  "folder-not-empty": {
    fault: "user",
    exitCode: 2,
    text: "{path} is not empty, and nothing was written: name a new folder with --out, or write into this one with --force.",
  },
  "files-in-the-way": {
    fault: "user",
    exitCode: 2,
    text: "{files} would be overwritten. Nothing was written: give the line another name with --name, or overwrite them with --force.",
  },
  "function-refused": {
    fault: "twilio",
    exitCode: 3,
    text: "The Function answered {status} at {host}: {problem}{advice}",
  },
} as const;

/** The one error of the commands; each command turns it into a line and an exit code. */
export class CliError extends Error {
  readonly code: keyof typeof cliErrors;

  constructor(code: keyof typeof cliErrors, values: Readonly<Record<string, string>> = {}) {
    super(cliErrors[code].text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ""));
    this.name = "CliError";
    this.code = code;
  }
}
