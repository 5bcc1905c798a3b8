/** A Flow written as code, and the ways out where what Studio has is more than what this catalogue knows. */
import type { FlowDefinition, JsonObject, JsonValue, State } from "../types.ts";
import type { OtherState, TypedFlow } from "./shape.ts";

/**
 * A Flow: `export default flow({ initial_state: "Trigger", states: { Trigger: { type: "trigger", … } } })`. A transition to
 * a widget that is not there, an event that the widget does not have, a property that it needs or does not know do not
 * compile.
 *
 * @param options `order` is the order of the states, where it is another than that of the object's keys
 * @returns the definition as Studio has it, and nothing but what was written
 */
export function flow<const Name extends string>(
  definition: TypedFlow<Name>,
  options: { readonly order?: readonly NoInfer<Name>[] } = {},
): FlowDefinition {
  const { states } = definition;
  const order: readonly Name[] = options.order ?? (Object.keys(states) as Name[]);
  const list = order.map((name) => ({ name, ...states[name] }) as unknown as State);
  return { ...definition, states: list };
}

/** A widget of any type, as it is written: where its transitions lead is all that is looked at. */
interface Other<Next> {
  readonly type: string;
  readonly properties?: JsonObject;
  readonly transitions: readonly (Omit<OtherState<never>["transitions"][number], "next"> & {
    readonly next?: Next;
  })[];
}

/** A widget of a type that this catalogue does not know; where its transitions lead is still checked. */
export function other(state: Other<"" | null>): OtherState<never>;
export function other<const Name extends string>(state: Other<Name | "" | null>): OtherState<Name>;
export function other(state: Other<string | null>): OtherState<string> {
  return state as unknown as OtherState<string>;
}

/** Properties that this catalogue does not know: `...extra({ new_switch: true })`. */
export function extra(properties: JsonObject): object {
  return properties;
}

/** What Studio would refuse, or what is right for a reason that types do not see: it passes as it stands, anywhere. */
export function unchecked(value: JsonValue): never {
  return value as never;
}
