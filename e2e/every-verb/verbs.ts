/** Every verb of every command, with words that bring it to whomever it asks. A verb without a row fails the test. */

/** Where the words lead. */
export interface Places {
  /** The sick Twilio. */
  readonly endpoint: string;
  /** A folder that may be written to, and a Flow in it. */
  readonly folder: string;
  readonly flow: string;
}

export interface Row {
  readonly words: (places: Places) => readonly string[];
  /**
   * Whom it asks itself over the network. What goes through Pulumi's engine is asked by the provider, which has an edge of
   * its own; what asks nobody is here so that it says nothing either.
   */
  readonly asks: "twilio" | "function" | "github" | "engine" | "nobody";
}

export type Rows = Readonly<Record<string, Row>>;

export const stageVerbs: Rows = {
  adopt: { words: ({ endpoint }) => ["adopt", "taken", "--endpoint", endpoint], asks: "twilio" },
  apply: { words: () => ["apply", "gone", "--shown", "0"], asks: "engine" },
  check: { words: () => ["check", "local", "--account"], asks: "twilio" },
  comment: {
    words: () => ["comment", "--base", "HEAD", "--number", "1", "--no-preview"],
    asks: "github",
  },
  // It asks Twilio, and what keeps it from an answer is one of its findings.
  doctor: { words: () => ["doctor", "local"], asks: "nobody" },
  // Of a stage without a resource, so that nothing but GitHub is asked.
  drift: { words: () => ["drift", "bare", "--issue"], asks: "github" },
  forget: { words: () => ["forget", "local", "--address", "+15550100201", "--yes"], asks: "twilio" },
  leave: { words: ({ folder }) => ["leave", "local", "--out", `${folder}/left`], asks: "nobody" },
  logs: { words: () => ["logs", "local"], asks: "twilio" },
  new: { words: () => ["new", "fresh", "--yes"], asks: "nobody" },
  open: { words: () => ["open", "local", "--line", "support", "--to", "+15550100201"], asks: "function" },
  pause: { words: () => ["pause", "local", "--line", "support"], asks: "twilio" },
  preview: { words: () => ["preview", "gone"], asks: "engine" },
  resume: { words: () => ["resume", "local", "--line", "other"], asks: "twilio" },
  rollback: { words: () => ["rollback", "local"], asks: "twilio" },
  rollout: { words: () => ["rollout", "bare"], asks: "engine" },
  status: { words: () => ["status", "local"], asks: "twilio" },
  why: { words: () => ["why", "local", "last"], asks: "twilio" },
};

export const studioVerbs: Rows = {
  // There is no such block, so that nothing is written.
  add: { words: () => ["add", "no-block"], asks: "nobody" },
  check: { words: ({ flow }) => ["check", flow], asks: "nobody" },
  convert: { words: ({ flow }) => ["convert", flow], asks: "nobody" },
  cover: { words: ({ flow }) => ["cover", flow, "--explore"], asks: "nobody" },
  diff: { words: ({ flow }) => ["diff", flow, flow], asks: "nobody" },
  draw: { words: ({ flow }) => ["draw", flow], asks: "nobody" },
  merge: { words: ({ flow }) => ["merge", flow, flow, flow], asks: "nobody" },
  pull: { words: () => ["pull", "support", "--stage", "local"], asks: "twilio" },
  // There is no such file, so that it does not wait for somebody to type.
  run: { words: ({ flow }) => ["run", `${flow}.gone`], asks: "nobody" },
};

/** Of the local Twilio all ask it, and one that is not there is no failure of the network. */
export const localVerbs: Readonly<Record<string, readonly string[]>> = {
  start: ["start"],
  stop: ["stop"],
  status: ["status"],
  open: ["open", "--no-browser"],
  reset: ["reset"],
  say: ["say", "--from", "+15550100201", "--to", "+15550100001", "hello"],
  call: ["call", "+15550100201", "+15550100001", "--say", "hello"],
  env: ["env"],
};

/** Verbs of `npm run` whose script ends at the edge of the commands; of all others, why theirs does not. */
export const npmVerbs: Readonly<Record<string, "edge" | { readonly because: string }>> = {
  start: "edge",
  dev: "edge",
  stop: "edge",
  verify: "edge",
  prove: { because: "its refusals are tested beside it, in packages/proof" },
  day: "edge",
  walk: "edge",
  stage: "edge",
  test: { because: "it runs other programs and asks nobody" },
  "test:all": { because: "it runs other programs and asks nobody" },
  bench: { because: "it runs other programs on a local Twilio of its own" },
  generate: { because: "it runs other programs and asks nobody" },
  pack: { because: "it writes packages and asks nobody" },
  pictures: { because: "it photographs a local Twilio of its own" },
  docs: { because: "it shows pages of this repository and asks nobody" },
  "docs:build": { because: "it writes pages of this repository and asks nobody" },
  setup: { because: "it has no script: run-verb.mjs says what is wrong" },
};
