/** What Studio says of definitions that are wrong. */
import type { Seen } from "@support-line/local-twilio/proof";
import { fieldOf, listOf } from "../../account.ts";
import type { Probe } from "../../probe.ts";
import { flowOf, keep, split, state, type State } from "./flows.ts";

const source = "https://www.twilio.com/docs/api/errors/81022";
const send = (properties: State["properties"], next: Readonly<Record<string, string>> = {}): string =>
  flowOf(
    state(
      "send",
      "send-and-wait-for-reply",
      { from: "{{flow.channel.address}}", body: "x", ...properties },
      { incomingMessage: "", timeout: "", deliveryFailure: "", ...next },
    ),
  );

/** Wrong definitions by name. */
const definitions: Readonly<Record<string, string>> = {
  "no-states": '{"initial_state":"Trigger","states":[],"flags":{"allow_concurrent_calls":true}}',
  "no-initial-state": '{"states":[{"name":"Trigger","type":"trigger","transitions":[],"properties":{}}]}',
  "initial-state-unknown": flowOf(keep("a", { x: "1" })).replace(
    '"initial_state":"Trigger"',
    '"initial_state":"Nowhere"',
  ),
  "next-unknown": flowOf(keep("a", { x: "1" }, "nowhere")),
  "name-twice": flowOf(keep("a", { x: "1" }), keep("a", { x: "2" })),
  "type-unknown": flowOf(state("a", "send-pigeon", {}, {})),
  "event-unknown": flowOf(state("a", "set-variables", { variables: [] }, { sometimes: "" })),
  "timeout-number": send({ timeout: 60 }),
  "body-number": send({ timeout: "60", body: 7 }),
  "from-missing": flowOf(state("send", "send-message", { body: "x" }, { sent: "", failed: "" })),
  "url-missing": flowOf(state("run", "run-function", { parameters: [] }, { success: "", fail: "" })),
  "input-missing": flowOf({
    ...split("s", "x", [{ type: "equal_to", value: "1" }], "s", "s"),
    properties: {},
  }),
  "condition-type-unknown": flowOf(split("s", "x", [{ type: "ends_with", value: "1" }], "s", "s")),
  "condition-value-missing": flowOf({
    name: "s",
    type: "split-based-on",
    properties: { input: "x" },
    transitions: [
      { event: "match", conditions: [{ friendly_name: "x", arguments: ["x"], type: "equal_to" }] },
    ],
  }),
  "flow-sid-liquid": flowOf(
    state(
      "sub",
      "run-subflow",
      { flow_sid: "{{flow.data.sid}}", flow_revision: "LatestPublished" },
      { completed: "", failed: "" },
    ),
  ),
  "unknown-property": flowOf(state("a", "set-variables", { variables: [], nonsense: 1 }, { next: "" })),
  "unknown-top-level": flowOf(keep("a", { x: "1" })).replace('"description"', '"nonsense":1,"description"'),
  "unbalanced-liquid": flowOf(keep("a", { x: "{% if true %}" })),
  good: flowOf(keep("a", { x: "1" })),
};

export const validationProbe: Probe = {
  name: "studio/validation",
  part: "studio",
  matters: "what a deployment of a Flow is refused for",
  questions: Object.keys(definitions).map((name) => ({
    id: `studio.validation.${name}`,
    asks: `Flow Validate of ${name}`,
    source,
    touches: ["rest:update twilio:studio:FlowValidate"],
  })),
  async run({ account, prefix, saw }) {
    for (const [name, Definition] of Object.entries(definitions)) {
      const form = { FriendlyName: `${prefix}-validated`, Status: "published", Definition };
      const { status, body } = await account.ask("POST", "studio.twilio.com/v2/Flows/Validate", { form });
      const errors: Seen = listOf(fieldOf(body, "details"), "errors").map((error) => ({
        message: fieldOf(error, "message") ?? null,
        path: fieldOf(error, "property_path") ?? null,
      }));
      saw(`studio.validation.${name}`, {
        status,
        code: fieldOf(body, "code") ?? null,
        valid: fieldOf(body, "valid") ?? null,
        errors,
      });
    }
  },
};
