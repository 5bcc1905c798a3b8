/** What `control` may touch of the local Twilio beside what products see. */
import type { Background } from "../background.ts";
import type { MovableClock } from "../clock.ts";
import type { CallLog } from "../http/call-log.ts";
import type { Disturbances } from "../http/disturbances.ts";
import type { Lifecycles } from "../lifecycle/lifecycle.ts";
import type { Problems } from "../problems.ts";
import type { Twilio } from "../product.ts";
import type { Seed } from "../seed.ts";
import type { Identity } from "../store/identity.ts";
import type { SwitchPositions } from "../store/switches.ts";

export interface ControlParts {
  readonly version: string;
  readonly identity: Identity;
  readonly twilio: Twilio;
  readonly clock: MovableClock;
  readonly calls: CallLog;
  readonly disturbances: Disturbances;
  readonly switches: SwitchPositions;
  readonly problems: Problems;
  readonly background: Background;
  readonly lifecycles: Lifecycles;
  /** Back to what a first start on an empty folder gives. */
  reset(): Promise<void>;
  seed(seed: Seed): void;
}
