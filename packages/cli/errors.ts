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
    text: "Stage {stage} has nothing to tell of {about}: npm run stage -- status {stage} and logs {stage} name what there is.",
  },
  "no-such-line": {
    fault: "user",
    exitCode: 2,
    text: "Stage {stage} has no line {line}; it has {known}.",
  },
  "no-auth-token": {
    fault: "user",
    exitCode: 2,
    text: "Protected Functions take what is signed with the account's auth token, and an API key cannot sign: set TWILIO_AUTH_TOKEN to that of stage {stage}'s account.",
  },
  "stage-exists": {
    fault: "user",
    exitCode: 2,
    text: "Pulumi.{stage}.yaml is there already, and nothing was written: choose another name, or edit that file.",
  },
  "answers-missing": {
    fault: "user",
    exitCode: 2,
    text: "Nobody is there to ask, and nothing was written: give {flags}.",
  },
  "not-a-stage": { fault: "user", exitCode: 2, text: "Nothing was written; to mend:\n{faults}" },
  "stages-to-mend": { fault: "user", exitCode: 1, text: "To mend: {stages}." },
  "no-credentials": {
    fault: "user",
    exitCode: 2,
    text: "Stage {stage} has no credentials at hand: set TWILIO_AUTH_TOKEN, or TWILIO_API_KEY and TWILIO_API_SECRET, of its account.",
  },
  "twilio-refused": { fault: "twilio", exitCode: 3, text: "{problem}" },
  "no-address": {
    fault: "user",
    exitCode: 2,
    text: "{value} is no address: write +15550100201, or whatsapp:+15550100201.",
  },
  "merge-of-three": {
    fault: "user",
    exitCode: 2,
    text: "A merge takes three Flows: npx studio merge <base> <ours> <theirs>.",
  },
  "merge-of-code": {
    fault: "user",
    exitCode: 2,
    text: "{path} is a Flow as code, and code is merged as Git merges it: merge the file by hand, then npx studio check.",
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
    text: "Nothing was applied: what a deployment of stage {stage} would do is no longer what was shown. Preview it again and approve that.",
  },
  "stage-locked": {
    fault: "user",
    exitCode: 3,
    text: "Stage {stage} is locked by another run, and nothing was changed: wait until that ends. If it is gone: npx pulumi cancel --yes -s {stage}.",
  },
  "credentials-refused": {
    fault: "user",
    exitCode: 3,
    text: "{host} refuses the credentials for stage {stage} (401), and nothing was changed: the key has expired or was revoked, or it is another account's. Set TWILIO_AUTH_TOKEN, or TWILIO_API_KEY and TWILIO_API_SECRET, of the stage's account.",
  },
  "not-in-account": {
    fault: "user",
    exitCode: 3,
    text: "What stage {stage} deployed is not there, and nothing was changed: {problem}. Either the credentials are another account's, or somebody deleted it; npx pulumi preview --refresh -s {stage} says which.",
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
    text: "{commit} is no commit of this repository: mend its spelling, or git fetch it.",
  },
  "not-remembered": {
    fault: "user",
    exitCode: 1,
    text: "Stage {stage} remembers no deployment of commit {commit}; it remembers: {known}. To go further back, check that commit out and deploy it.",
  },
  "build-gone": {
    fault: "user",
    exitCode: 1,
    text: "The deployment of {deployment} cannot be put back: Twilio no longer has its Build {sid}, and nothing was changed. Check that commit out and deploy it; twilio:keepBuilds says how many Builds of stage {stage} are kept.",
  },
  "no-such-block": { fault: "user", exitCode: 2, text: "There is no block {block}; there is {known}." },
  "no-such-template": {
    fault: "user",
    exitCode: 2,
    text: "flow-templates has no {template}; it has {known}. A Flow that Studio's editor exported goes there.",
  },
  "which-template": {
    fault: "user",
    exitCode: 2,
    text: "Which Flow is meant? Name one behind the block; flow-templates has {known}.",
  },
  "block-into-code": {
    fault: "user",
    exitCode: 2,
    text: "flow-templates/{template}.ts is a Flow as code, and a block goes into JSON: npx studio convert flow-templates/{template}.ts --out flow-templates/{template}.json, delete the code, then add the block.",
  },
  "block-into-adopted": {
    fault: "user",
    exitCode: 2,
    text: "{template} is the Flow of the adopted stage {stage}, which runs the Functions that it had: make a copy of the Flow for a line of the project's own, and add the block there.",
  },
  "block-is-there": { fault: "user", exitCode: 2, text: "The block {block} is in {file} already." },
  "block-names-taken": {
    fault: "user",
    exitCode: 2,
    text: "{file} has widgets that are called as those of the block {block}: {names}. Rename them. Nothing was written.",
  },
  "block-not-placed": {
    fault: "user",
    exitCode: 2,
    text: "The block {block} has no place in {file}: {problem}. Nothing was written.",
  },
  "function-taken": {
    fault: "user",
    exitCode: 2,
    text: "functions has a Function {name} of your own, and the block {block} brings one of that name: rename yours. Nothing was written.",
  },
  "not-to-pull": { fault: "user", exitCode: 2, text: "{problem}" },
  "line-is-paused": {
    fault: "user",
    exitCode: 2,
    text: "Line {line} is paused, and its newest revision is the one that says so: npm run stage -- resume {stage}, then pull.",
  },
  "template-is-code": {
    fault: "user",
    exitCode: 2,
    text: "{template} is written as code, which is not written over: pull it with --out {template}.pulled.json, see with npx studio diff what changed, and write that.",
  },
  "not-paused": { fault: "user", exitCode: 1, text: "Nothing of stage {stage} is paused." },
  "not-rolled-back": {
    fault: "user",
    exitCode: 1,
    text: "Stage {stage} was not rolled back: deployments go through.",
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
    text: "No repository to report to: GITHUB_TOKEN and GITHUB_REPOSITORY (owner/name) say which; without --issue the drift is printed.",
  },
  "drift-unknown": {
    fault: "user",
    exitCode: 2,
    text: "Not compared: {stages}{problem}. Nothing is known of their drift.",
  },
  "no-such-stage": { fault: "user", exitCode: 2, text: "{stage} means no stage; there is {known}." },
  "rollout-stopped": {
    fault: "user",
    exitCode: 1,
    text: "Stopped: {stages} failed, and no other was begun. Mend it and run the same again; what is deployed already has nothing to do.",
  },
  "not-created": {
    fault: "user",
    exitCode: 2,
    text: "{folder} has no .support-line.json, which says what a project was written from, and nothing was changed: npm run upgrade is for projects that npm create support-line made.",
  },
  "no-such-version": {
    fault: "user",
    exitCode: 2,
    text: "The registry has no {package}@{version}, and nothing was changed: npm view {package} versions says what there is.",
  },
  "registry-failed": {
    fault: "network",
    exitCode: 3,
    text: "{package} cannot be had from the registry, and nothing was changed: {problem}. npm config get registry says which one it is.",
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
    text: "{path}:{line}:{column} is no JSON: {problem}. Export the Flow again from Studio's editor, or mend it there.",
  },
  "flow-of-2018": {
    fault: "user",
    exitCode: 2,
    text: "{path} is a Flow in the format that Studio exported in 2018, which nothing takes any more: import it into Studio's editor and export it again.",
  },
  "not-a-flow": {
    fault: "user",
    exitCode: 2,
    text: "{path} is no Flow: {problem}. A Flow Definition has initial_state and states, as Studio's editor exports it.",
  },
  "exports-no-flow": { fault: "user", exitCode: 2, text: "{problem}" },
  "not-typed": { fault: "user", exitCode: 2, text: "{problem}" },
  "no-answer": {
    fault: "user",
    exitCode: 2,
    text: "{asked} is asked and nothing answers: give {option}, or say so before it is asked: /answers {of} {example}.",
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
  "no-such-code": { fault: "user", exitCode: 2, text: "There is no advice {code}; there is {known}." },
  "unlike-paths": {
    fault: "user",
    exitCode: 2,
    text: "{one} and {other} do not compare: name two Flows, or two folders of Flows.",
  },
  "no-such-folder": {
    fault: "user",
    exitCode: 2,
    text: "{path} is no folder: name the one that holds the Functions, or leave {option} out.",
  },
  "bad-value": { fault: "user", exitCode: 2, text: "{option} {value}: {problem}" },
  "bad-line": { fault: "user", exitCode: 2, text: "{place}: {problem}" },
  "other-account": {
    fault: "user",
    exitCode: 2,
    text: "Stage {stage} is of account {known}, and TWILIO_ACCOUNT_SID is {given}: set the credentials of {known}, or adopt under another stage's name.",
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
    text: "The credentials are of account {actual}, and {account} was to be read: set those of {account}.",
  },
  "no-line": {
    fault: "user",
    exitCode: 2,
    text: "Account {account} has no line to adopt: nothing brings a message to {which} ({known}). A Flow answers through an address configuration of type studio, or as a number's own SMS webhook; connect it in the Console, then adopt again.",
  },
  "which-line": {
    fault: "user",
    exitCode: 2,
    text: "More than one line could be meant: {lines}. Name one with --address, or with --flow; the others are adopted after it, into this stage or stages of their own.",
  },
  "line-there": {
    fault: "user",
    exitCode: 2,
    text: "{address} is line {line} of stage {stage} already: leave --name out, and --force to read it once more.",
  },
  "flow-there": {
    fault: "user",
    exitCode: 2,
    text: "Flow {flow} is that of line {line} ({of}) of stage {stage} already, and a Flow is adopted once: make a copy of it in Studio's editor, have {address} answered by that, then adopt it.",
  },
  "name-there": {
    fault: "user",
    exitCode: 2,
    text: "Stage {stage} has a line {line} already ({of}), and nothing was written: give the line of {address} another name with --name.",
  },
  "which-line-leaves": {
    fault: "user",
    exitCode: 2,
    text: "Stage {stage} has Functions in several Services, and a folder is for one: say which line leaves with --line: {lines}.",
  },
  "own-line-leaves": {
    fault: "user",
    exitCode: 2,
    text: "--line is for a stage of several adopted lines, and stage {stage} is the project's own: leave --line out.",
  },
  "last-line-leaves": {
    fault: "user",
    exitCode: 2,
    text: "Stage {stage} has no other line: leave --forget out, and have Pulumi forget the stage with npx pulumi stack rm {stage} --force.",
  },
  "forget-which": {
    fault: "user",
    exitCode: 2,
    text: "--forget takes one line out of stage {stage}: say which with --line: {lines}.",
  },
  "paused-leaves": {
    fault: "user",
    exitCode: 2,
    text: "Line {line} of stage {stage} is paused, and would leave with the Flow that says so: npm run stage -- resume {stage} --line {line} first.",
  },
  "answered-twice": {
    fault: "user",
    exitCode: 2,
    text: "Two things answer {address}: {answers}. Customers are answered twice, since a number's own webhook fires beside the Conversations that Twilio opens: take one of the two away in the Console, then adopt again.",
  },
  "answered-by-service": {
    fault: "user",
    exitCode: 2,
    text: "{address} is in Messaging Service {service}, whose own setting goes before the number's SMS webhook: choose \"Defer to sender's webhook\" there, then adopt again.",
  },
  "not-adoptable": { fault: "user", exitCode: 2, text: "{problem}" },
  "stack-not-made": {
    fault: "user",
    exitCode: 3,
    text: "The files are written, and Pulumi could not keep stage {stage}'s secrets: {problem}. Log in to the backend (npx pulumi login), or set PULUMI_CONFIG_PASSPHRASE where it asks for one, then run the same command with --force.",
  },
  "folder-not-empty": {
    fault: "user",
    exitCode: 2,
    text: "{path} has something in it, and nothing was written: name a new folder with --out, or write into this one with --force.",
  },
  "files-in-the-way": {
    fault: "user",
    exitCode: 2,
    text: "{files} would be written over. Nothing was written: name the line otherwise with --name, or write over them with --force.",
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
