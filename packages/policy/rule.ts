/** A rule over one resource, or over all of them, as plain functions: what `index.ts` gives Pulumi, and what tests call. */

/** A resource as a preview knows it. Reading a value that is not known yet throws. */
export interface Resource {
  /** `twilio:serverless:Function` */
  readonly type: string;
  readonly name: string;
  readonly stage: string;
  readonly isProtected: boolean;
  readonly props: Readonly<Record<string, unknown>>;
}

export interface Rule {
  readonly name: string;
  /** Why. */
  readonly description: string;
  /** What is wrong with a resource, each with its way out. */
  readonly ofResource?: (resource: Resource) => readonly string[] | Promise<readonly string[]>;
  /** What is wrong with resources taken together, each with the one it is about. */
  readonly ofAll?: (
    resources: readonly Resource[],
  ) => readonly { readonly about: Resource; readonly wrong: string }[];
}

/** Whether something is a rule: what a file has to say of itself. */
export function isRule(value: unknown): value is Rule {
  if (typeof value !== "object" || value === null) return false;
  const { name, description, ofResource, ofAll } = value as Partial<Record<keyof Rule, unknown>>;
  return (
    typeof name === "string" &&
    typeof description === "string" &&
    (typeof ofResource === "function" || typeof ofAll === "function")
  );
}

/** A value, or undefined while it is not known. */
export function known(props: Readonly<Record<string, unknown>>, name: string): unknown {
  try {
    return props[name];
  } catch {
    return undefined;
  }
}

/** What @pulumi/policy's proxies answer with the values that they stand for. */
const target = "__getSpecialProxyTarget";

/** A value without the proxies that watch over it: promises and secrets show only so. */
export function bare(value: unknown): unknown {
  const inner =
    typeof value === "object" && value !== null ? (value as Record<string, unknown>)[target] : undefined;
  return inner === undefined ? value : bare(inner);
}

/** A text, or undefined while it is not known or when it is none. */
export function text(props: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = known(props, name);
  return typeof value === "string" ? value : undefined;
}
