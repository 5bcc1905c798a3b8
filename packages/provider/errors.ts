/**
 * Every error of the provider: what it says, and whose fault it is. Thrown as `ProviderError` from anywhere and
 * turned into a gRPC answer in `rpc/answer.ts` alone. Words in braces are filled in where it is thrown.
 */
export type Fault = "user" | "twilio" | "us";

const user = (message: string) => ({ message, fault: "user" }) as const;
const twilio = (message: string) => ({ message, fault: "twilio" }) as const;
const us = (message: string) => ({ message, fault: "us" }) as const;

export const errors = {
  "account-missing": user(
    "No account: set `twilio:accountSid` or TWILIO_ACCOUNT_SID (AC and 32 hexadecimal digits). Nothing was sent.",
  ),
  "configuration-invalid": user("The configuration of the provider twilio cannot be used: {reason}"),
  "credentials-missing": user(
    "No credentials for account {accountSid}: set TWILIO_AUTH_TOKEN, or TWILIO_API_KEY and TWILIO_API_SECRET, or `pulumi config set --secret twilio:authToken`. Nothing was sent.",
  ),
  "twilio-refused": user(
    "{what} was refused: {message} (Twilio error {code}, HTTP {status}{request}{property}). {advice}",
  ),
  "twilio-failed": twilio(
    "{what} failed {attempts} times, last with HTTP {status}: {message} ({code}{request}). Nothing was changed by it; run `pulumi up` again.",
  ),
  "twilio-unreachable": twilio(
    "{what} could not be sent: {reason}. Nothing was changed by it; check the network{endpoint} and run `pulumi up` again.",
  ),
  "answer-lost": twilio(
    "{what} was sent, but its answer was lost ({reason}), so Twilio may or may not have done it. It is not sent twice. {advice}",
  ),
  "later-failed": user("{what} failed: {reason}. {advice}"),
  "later-endless": twilio(
    "{what} is not finished after {seconds} seconds, and Twilio goes on with it. Run `pulumi up` again, or raise customTimeouts.",
  ),
  "answer-unreadable": twilio("{what} was answered with something that is not JSON: {excerpt}"),
  "not-found": user(
    "{what} failed: Twilio has nothing at {path} (any more). `pulumi refresh` records that in the state.",
  ),
  "numbers-missing": user(
    "Account {accountSid} does not have {numbers}. {written} Buy or port what is missing, or correct `twilio:phoneNumbers`.",
  ),
  "id-malformed": user("{id} is not an id of a {token}. An import id looks like {example}."),
  "token-unknown": user("The provider has no resource {token}.{near}"),
  "asset-unreadable": user("{property} names the file {path}, which cannot be read: {reason}"),
  "asset-remote": user(
    "{property} is a remote asset ({uri}); give the file itself, as a file asset or a string asset.",
  ),
  "build-failed": user("Build {sid} failed: {reason} The running deployment is not changed. {advice}"),
  "build-unfinished": twilio(
    "Build {sid} is still {status} after {minutes} minutes. Twilio goes on with it, and the next `pulumi up` waits for it again.",
  ),
  "flow-invalid": user("Twilio does not accept this Flow: {problems}. Nothing was written."),
  "flow-edited": user(
    "Flow {sid} was edited elsewhere: it is at revision {actual} ({date}), the state knows revision {known}. Nothing was written. `npx studio pull <template> --stage {stage}` brings the edit into the code; `pulumi refresh` shows it, and after that `pulumi up` replaces it with the program's Flow. To overwrite exactly this revision: `pulumi config set --path 'twilio:overwrite[0]' {sid}@{actual}`.",
  ),
  "version-missing": twilio("{what} {sid} was made, but its content was not uploaded: {reason}"),
  "create-in-the-way": user(
    "{what} was not created: {id}{made} exists already, and this stack did not make it. It was not changed. Give yours another name, or take that one over on purpose: `pulumi import {token} {name} {importId}`.",
  ),
  "create-there": user(
    "{what} was not created: {id}{made} has the same name, and this machine does not know whether an earlier deployment of this stack made it. It was not changed. If so, take it over: `pulumi import {token} {name} {importId}`. If the state has one of that name which is to be replaced, delete this one: `{remove}`. If it belongs to something else, give yours another name.",
  ),
  "create-left": user(
    "{what} was not created: {id}{made} exists already. An interrupted deployment of this stack made it, as {other}. If the state has it under that name, it was renamed: say so in the program, `aliases: [{ name: {quoted} }]`. If not, take it over, `pulumi import {token} {name} {importId}`, or delete it, `{remove}`, and run `pulumi up` again.",
  ),
  "create-elsewhere": user(
    "{what} was not created: {id}{made} has the same inputs, and this machine does not know whether an earlier deployment of this stack made it. If so, take it over: `pulumi import {token} {name} {importId}`. If the state has one of that name which is to be replaced, delete this one: `{remove}`. If it belongs to something else, give yours another name, or run `PULUMI_TWILIO_EXPECT_TWINS=true pulumi up` once.",
  ),
  "create-ambiguous": user(
    "{what} was created, but the answer was lost, and more than one thing at {place} could be it: {ids}. Take one over, `pulumi import {token} {name} {importId}`, and delete the others, or delete all and run `pulumi up` again.",
  ),
  "all-gone": user(
    "Twilio has none of the {count} resources that were read first. If nothing in a state exists, it is most likely the state of another account, region or endpoint, so it was not changed. Check `twilio:accountSid`, `twilio:region` and `twilio:endpoint`. If everything was deleted on purpose: `PULUMI_TWILIO_ALLOW_EMPTY_REFRESH=true pulumi refresh`.",
  ),
  "all-gone-too": user("Twilio does not have this one either; the first error of this kind says what to do."),
  "engine-gone": user("{what} was not started: the Pulumi engine that asked for it has ended."),
  "timed-out": twilio(
    "{what} took longer than the {seconds} s that the resource's customTimeouts give it. {advice}",
  ),
  cancelled: user("{what} was stopped, because the engine cancelled it."),
  unconfigured: us("The engine asked for {what} before it had configured the provider."),
  "lookup-wrong": user("{token}: {reason}"),
  "lookup-empty": user("{token}: Twilio has nothing with the name {id} there."),
  unexpected: us("An error of the provider itself: {reason}"),
} as const satisfies Readonly<Record<string, { readonly message: string; readonly fault: Fault }>>;

export type ErrorCode = keyof typeof errors;

/** A refusal that a person reads. */
export class ProviderError extends Error {
  readonly code: ErrorCode;
  readonly fault: Fault;
  /** HTTP status of Twilio's answer, and Twilio's own code, when there was one. */
  readonly status: number | undefined;
  readonly twilioCode: number | undefined;
  /** What else Twilio's answer said, under `details`. */
  readonly details: unknown;

  constructor(
    code: ErrorCode,
    words: Readonly<Record<string, string | number>> = {},
    details: {
      readonly cause?: unknown;
      readonly status?: number;
      readonly twilioCode?: number;
      readonly details?: unknown;
    } = {},
  ) {
    const text = errors[code].message.replace(/\{(\w+)\}/g, (_, word: string) => String(words[word] ?? ""));
    super(text.trim(), { cause: details.cause });
    this.name = "ProviderError";
    this.code = code;
    this.fault = errors[code].fault;
    this.status = details.status;
    this.twilioCode = details.twilioCode;
    this.details = details.details;
  }
}

/**
 * A resource that was created, but not to the end: the engine keeps its id and what is known of it, and the next
 * `up` goes on from there.
 */
export class HalfCreated<Properties> extends Error {
  readonly id: string;
  readonly properties: Properties;

  constructor(id: string, properties: Properties, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = "HalfCreated";
    this.id = id;
    this.properties = properties;
  }
}
