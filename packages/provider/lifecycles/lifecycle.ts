import type { Configuration } from "../configuration/configuration.ts";
import type { Journal } from "../journal/journal.ts";
import type { Write } from "../configuration/preflight.ts";
import type { TwilioClient } from "../http/client.ts";
import type { StackSeen } from "../stack-seen.ts";
import type { Shape } from "../shape/shape.ts";
import type { Change } from "../translate/diff.ts";
import type { Checked } from "../translate/inputs-to-checked.ts";
import type { ValueMap } from "../values/value.ts";

/** What the life of a resource may use: Twilio, the account, a logger. One for each call of the engine. */
export interface Session {
  readonly client: TwilioClient;
  /** The account that is deployed to. Throws when none is configured. */
  readonly accountSid: () => string;
  /** Fires when the engine cancels or is gone, or when the resource's time is up: nothing more is begun. */
  readonly signal: AbortSignal;
  /** Fires when the resource's time (`customTimeouts`) is up: also what is under way is given up. */
  readonly deadline?: AbortSignal;
  readonly journal: Journal;
  /** Whether this is the stack's first deployment, so that nothing of it can be there yet. */
  readonly stackIsNew: boolean;
  readonly settings: Settings;
  /** What the engine has told this process of the stack. */
  readonly seen: StackSeen;
  /** Looks something up once in this process, whoever asks. */
  once<Found>(key: string, look: () => Promise<Found>): Promise<Found>;
  readonly urn: string;
  /** To be awaited before a create or an update: what must hold in the account is looked up once, before the first. */
  beforeWrite(write: Write): Promise<void>;
  /** Says in the progress line how far a long step is. */
  progress(message: string): void;
  warn(message: string): void;
}

/** What the configuration says of the lives of resources. */
export type Settings = Pick<
  Configuration,
  "deletable" | "keepBuilds" | "commitMessage" | "overwrite" | "expectTwins"
> & {
  /** What is deployed, in the words of its Git commit; undefined where there is none. */
  readonly commit: () => Promise<string | undefined>;
};

/** A resource as the state knows it. */
export interface State {
  readonly id: string;
  /** Checked inputs of the last deployment. */
  readonly inputs: ValueMap;
  readonly outputs: ValueMap;
}

export interface Difference {
  readonly changes: readonly Change[];
  /** The old one stands in the new one's way, by a name that only one can have. */
  readonly deleteBeforeReplace: boolean;
}

/**
 * The life of one type of resource: the narrow interface behind which the engine for plain resources and each
 * resource with code of its own look alike. `check`, `diff` and the previews are pure.
 */
export interface Lifecycle {
  readonly shape: Shape;
  /** @param warn says what is doubtful and no reason to stop */
  check(inputs: ValueMap, warn: (message: string) => void): Promise<Checked>;
  diff(state: State, inputs: ValueMap): Difference;
  /** Outputs before anything exists: what cannot be known yet is unknown. */
  previewCreate(inputs: ValueMap): ValueMap;
  create(session: Session, inputs: ValueMap): Promise<{ readonly id: string; readonly outputs: ValueMap }>;
  /**
   * A resource as it is now; undefined when it is gone. For an import, `inputs` and `outputs` are empty and the id
   * is an import id.
   */
  read(session: Session, state: State): Promise<State | undefined>;
  previewUpdate(state: State, inputs: ValueMap): ValueMap;
  /** In the preview of an update: says what it will do to others. Reads at most, and stops nothing. */
  foresee?(session: Session, state: State, inputs: ValueMap): Promise<void>;
  update(session: Session, state: State, inputs: ValueMap): Promise<ValueMap>;
  /** Deleting what is gone succeeds. */
  delete(session: Session, state: State): Promise<void>;
}
