import { resource } from "@support-line/twilio-api";
import { ProviderError } from "../errors.ts";
import { inputsToCreate, inputsToUpdate, plainRequest } from "../translate/inputs-to-request.ts";
import { responseToInputs } from "../translate/response-to-outputs.ts";
import type { Checked, CheckFailure } from "../translate/inputs-to-checked.ts";
import { textAt } from "../values/place.ts";
import { unknown, type JsonMap, type Value, type ValueMap } from "../values/value.ts";
import { checkFlow, refusedBy } from "./flow-check.ts";
import { changedWidgets, isMove, statesKeyed, statesListed } from "./flow-definition.ts";
import type { Difference, Session, State } from "./lifecycle.ts";
import { make } from "./make.ts";
import { PlainLifecycle } from "./plain.ts";

/** What an update changes beside the inputs. */
const ofRevision = ["revision", "dateUpdated"];

/**
 * Studio Flows: a definition whose states are keyed by widget, so that it is compared and shown widget by widget;
 * checked in every preview; asked about at Twilio once before it is created; and never written over an edit that
 * somebody made in Studio's editor, which one read of the revision finds.
 * https://www.twilio.com/docs/studio/rest-api/v2/flow
 */
export class FlowLifecycle extends PlainLifecycle {
  override async check(inputs: ValueMap, warn: (message: string) => void): Promise<Checked> {
    const checked = await super.check(inputs, warn);
    const given = checked.inputs["definition"];
    if (given === undefined) return checked;
    const failures: CheckFailure[] = [];
    const definition = statesKeyed(given, failures);
    if (failures.length === 0) {
      const findings = await checkFlow(definition);
      failures.push(...findings.failures);
      findings.warnings.forEach(warn);
    }
    return { inputs: { ...checked.inputs, definition }, failures: [...checked.failures, ...failures] };
  }

  /** A commit message says why something changes, and a canvas position where it stands: alone they are no change. */
  override diff(state: State, inputs: ValueMap): Difference {
    const difference = super.diff(state, inputs);
    const silent = difference.changes.every(({ path }) => path[0] === "commitMessage" || isMove(path));
    return silent ? { ...difference, changes: [] } : difference;
  }

  override async create(session: Session, inputs: ValueMap): Promise<{ id: string; outputs: ValueMap }> {
    await session.beforeWrite({ inputs });
    const sent = toWire(inputs, await reasonFor(session, inputs, "Created by Pulumi"));
    const definition = inputs["definition"] ?? null;
    await this.#askTwilio(session, sent, definition);
    const request = inputsToCreate(this.row, this.operation("create"), sent, {});
    return named(make(this, session, inputs, request), definition);
  }

  override previewUpdate(state: State, inputs: ValueMap): ValueMap {
    const outputs = super.previewUpdate(state, inputs);
    if (this.diff(state, inputs).changes.length === 0) return outputs;
    return { ...outputs, ...Object.fromEntries(ofRevision.map((name) => [name, unknown])) };
  }

  override async update(session: Session, state: State, inputs: ValueMap): Promise<ValueMap> {
    const { changes } = this.diff(state, inputs);
    if (changes.length === 0) return { ...state.outputs, ...inputs };
    await session.beforeWrite({ inputs, before: state.inputs });
    const definition = inputs["definition"] ?? null;
    // What an earlier attempt wrote before its answer was lost is there already.
    const done = await this.#revisionAfter(session, state, inputs);
    if (done !== undefined) return this.outputs(done, inputs);
    const widgets = changedWidgets(changes.map(({ path }) => path));
    const sent = toWire(inputs, await reasonFor(session, inputs, changeMessage(widgets)));
    const before = { ...toWire(state.inputs, ""), commitMessage: null };
    const request = inputsToUpdate(this.row, this.operation("update"), before, sent, { Sid: state.id });
    if (request === undefined) return { ...state.outputs, ...inputs };
    const purpose = this.purpose(session, "Updating", "Run `pulumi up` again: it looks at what Twilio has.");
    const body = await named(session.client.send(request, purpose), definition);
    return this.outputs(body, inputs);
  }

  override shown(body: JsonMap): JsonMap {
    const { definition } = body;
    return definition === undefined ? body : { ...body, definition: statesKeyed(definition, []) as JsonMap };
  }

  /** Twilio's own Flow Validate, once; it knows what our catalogue does not. */
  async #askTwilio(session: Session, sent: ValueMap, definition: Value): Promise<void> {
    const row = resource("twilio:studio:FlowValidate");
    const operation = row?.operations.update;
    if (row === undefined || operation === undefined) return;
    const request = inputsToUpdate(row, operation, {}, sent, {});
    if (request === undefined) return;
    await named(
      session.client.send(request, { ...this.purpose(session, "Validating"), repeatable: true }),
      definition,
    );
  }

  /**
   * Looks for a revision that is newer than the state's: undefined when there is none or the configuration says that this
   * very one may be written over, the Flow when it is just what the program says.
   *
   * @throws ProviderError `flow-edited` when somebody else wrote it
   */
  async #revisionAfter(session: Session, state: State, inputs: ValueMap): Promise<JsonMap | undefined> {
    const request = plainRequest(this.row, this.operation("fetch"), { Sid: state.id });
    const body = await session.client.send(request, this.purpose(session, "Reading the revision of"));
    const [known, actual] = [state.outputs["revision"], body["revision"]];
    if (typeof known !== "number" || typeof actual !== "number" || actual <= known) return undefined;
    const now = { ...state, inputs: responseToInputs(this.row, this.shown(body), inputs) };
    if (this.diff(now, inputs).changes.length === 0) return body;
    if (session.settings.overwrite.includes(`${state.id}@${actual}`)) return undefined;
    const date = textAt(body, "date_updated");
    const stage = /^urn:pulumi:([^:]+)::/.exec(session.urn)?.[1] ?? "<stage>";
    throw new ProviderError("flow-edited", { sid: state.id, actual, known, date, stage });
  }
}

/** Why a revision is made: what the program says, the configuration, or the Git commit. */
async function reasonFor(session: Session, inputs: ValueMap, otherwise: string): Promise<string> {
  const { commitMessage, commit } = session.settings;
  return textAt(inputs, "commitMessage") || commitMessage || (await commit()) || otherwise;
}

/** Inputs with the definition as Twilio takes it, and the commit message that it demands of every revision. */
function toWire(inputs: ValueMap, commitMessage: string): ValueMap {
  const { definition } = inputs;
  return {
    ...inputs,
    commitMessage,
    ...(definition === undefined ? {} : { definition: statesListed(definition) }),
  };
}

function changeMessage(widgets: readonly string[]): string {
  if (widgets.length === 0) return "Changed by Pulumi";
  const shown = widgets.slice(0, 5).join(", ");
  return `Changed by Pulumi: ${shown}${widgets.length > 5 ? ` and ${widgets.length - 5} more` : ""}`.slice(
    0,
    250,
  );
}

/** An answer; where Twilio refuses the definition, an error that names widgets and not places in a list. */
async function named<Answer>(answer: Promise<Answer>, definition: Value): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    const problems = error instanceof ProviderError ? refusedBy(error.details, definition) : undefined;
    if (problems === undefined) throw error;
    throw new ProviderError("flow-invalid", { problems }, { cause: error });
  }
}
