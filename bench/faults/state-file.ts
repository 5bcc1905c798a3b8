import { wireToValues } from "../../packages/provider/values/wire-to-values.ts";
import type { ValueMap } from "../../packages/provider/values/value.ts";
import type { State } from "./stand-in-engine.ts";

interface Exported {
  readonly deployment: {
    readonly resources?: readonly {
      readonly urn: string;
      readonly type: string;
      readonly custom: boolean;
      readonly id?: string;
      readonly delete?: boolean;
      readonly inputs?: unknown;
      readonly outputs?: unknown;
    }[];
    readonly pending_operations?: unknown;
  };
}

/** What `pulumi stack export --show-secrets` printed, as far as it is Twilio's. */
export function stateOf(text: string): State {
  const { deployment } = JSON.parse(text) as Exported;
  const state: State = new Map();
  for (const one of deployment.resources ?? []) {
    if (!one.custom || !one.type.startsWith("twilio:")) continue;
    const name = one.urn.split("::").at(-1) ?? "";
    const [inputs, outputs] = [values(one.inputs), values(one.outputs)];
    // What is yet to be deleted is a thing of its own.
    const key = one.delete === true ? `${name} (to be deleted)` : name;
    state.set(key, { token: one.type, id: one.id ?? "", inputs, outputs, unfinished: false });
  }
  return state;
}

/** An export without the creates that an interrupted deployment left pending. */
export function withoutPending(text: string): string {
  const exported = JSON.parse(text) as Exported;
  return JSON.stringify({ ...exported, deployment: { ...exported.deployment, pending_operations: [] } });
}

function values(wire: unknown): ValueMap {
  return wireToValues(opened(wire));
}

/** Secrets stand in an export as their JSON, under `plaintext`; on the wire as they are, under `value`. */
function opened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(opened);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, part]) =>
    name === "plaintext" && typeof part === "string"
      ? (["value", opened(JSON.parse(part))] as const)
      : ([name, opened(part)] as const),
  );
  return Object.fromEntries(entries);
}
