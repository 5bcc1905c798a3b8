import type { Write } from "../configuration/preflight.ts";
import type { TwilioClient } from "../http/client.ts";
import type { Shape } from "../shape/shape.ts";
import type { Change } from "../translate/diff.ts";
import type { Checked } from "../translate/inputs-to-checked.ts";
import type { ValueMap } from "../values/value.ts";

/** What the life of a resource may use: Twilio, the account, a voice to the person. One for each call of the engine. */
export interface Session {
  readonly client: TwilioClient;
  /** The account that is deployed to. Throws when none is configured. */
  readonly accountSid: () => string;
  /** Fires when the engine cancels or is gone. */
  readonly signal: AbortSignal;
  readonly urn: string;
  /** To be awaited before a create or an update: what must hold in the account is looked up once, before the first. */
  beforeWrite(write: Write): Promise<void>;
  /** Says in the progress line how far a long step is. */
  progress(message: string): void;
  warn(message: string): void;
}

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
  update(session: Session, state: State, inputs: ValueMap): Promise<ValueMap>;
  /** Deleting what is gone succeeds. */
  delete(session: Session, state: State): Promise<void>;
}
