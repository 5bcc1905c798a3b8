import * as pulumi from "@pulumi/pulumi";

/** A resource or component that the program calls otherwise than stages do that are deployed. */
export interface Renamed {
  /** `twilio:studio:Flow`, or a component's own, and its name in the program now. */
  readonly type: string;
  readonly name: string;
  /** What it was before: what is left out is as it is now. */
  readonly was: { readonly type?: string; readonly name?: string };
}

/** A row stays as long as a stage may be deployed that knows the old name. An upgrade brings those of its releases. */
const renamed: readonly Renamed[] = [];

/** Has Pulumi know what is deployed under its old name: it is kept, and not made anew. */
export function keepRenamed(rows: readonly Renamed[] = renamed): void {
  if (rows.length === 0) return;
  pulumi.runtime.registerStackTransformation(({ type, name, props, opts }) => {
    const aliases = rows.filter((row) => row.type === type && row.name === name).map(({ was }) => was);
    return aliases.length === 0
      ? undefined
      : { props, opts: { ...opts, aliases: [...(opts.aliases ?? []), ...aliases] } };
  });
}
