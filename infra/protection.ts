import * as pulumi from "@pulumi/pulumi";
import { isThrowAway, lostWith } from "@support-line/stage/kept";

/**
 * Has Pulumi refuse to delete or replace what cannot be had back, in every stage but `local`: whoever means to, unprotects
 * it first (`pulumi state unprotect`).
 */
export function protectWhatIsLost(stage: string): void {
  if (isThrowAway(stage)) return;
  pulumi.runtime.registerStackTransformation(({ type, props, opts }) =>
    lostWith[type] === undefined ? undefined : { props, opts: { ...opts, protect: true } },
  );
}
