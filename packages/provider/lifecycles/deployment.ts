import { resource, type Resource } from "@support-line/twilio-api";
import { ProviderError } from "../errors.ts";
import { inputsToCreate, plainRequest } from "../translate/inputs-to-request.ts";
import { unknown, type JsonMap, type ValueMap } from "../values/value.ts";
import { textAt } from "../values/place.ts";
import { moveOf, warningOfDropped } from "./dropped-functions.ts";
import { entriesOf, listRequest } from "./list-request.ts";
import type { Session, State } from "./lifecycle.ts";
import { orGone, PlainLifecycle } from "./plain.ts";

/**
 * Deployments: which Build an Environment runs. Twilio keeps a record of each and runs the last, so another Build is
 * one more POST: the resource keeps its id, and its `sid` becomes that of the new record. Deleting it undeploys, but
 * only while the Environment still runs our Build.
 * https://www.twilio.com/docs/serverless/api/resource/deployment
 */
export class DeploymentLifecycle extends PlainLifecycle {
  /** The same Build deployed twice is deployed. */
  override get looksForTwins(): boolean {
    return false;
  }

  /** An Environment that runs this Build already refuses it (409): the record by which it runs is taken over. */
  override async create(session: Session, inputs: ValueMap): Promise<{ id: string; outputs: ValueMap }> {
    try {
      return await super.create(session, inputs);
    } catch (error) {
      const isRunning = error instanceof ProviderError && error.status === 409;
      const record = isRunning ? await this.#recordOf(session, inputs) : undefined;
      if (record === undefined) throw error;
      return { id: this.idOf(record, inputs), outputs: this.outputs(record, inputs) };
    }
  }

  override previewUpdate(state: State, inputs: ValueMap): ValueMap {
    const outputs = super.previewUpdate(state, inputs);
    return this.#isDeployed(state, inputs)
      ? outputs
      : { ...outputs, sid: unknown, dateCreated: unknown, url: unknown };
  }

  async foresee(session: Session, state: State, inputs: ValueMap): Promise<void> {
    if (!this.#isDeployed(state, inputs)) await this.#warnOfDropped(session, state, inputs);
  }

  override async update(session: Session, state: State, inputs: ValueMap): Promise<ValueMap> {
    if (this.#isDeployed(state, inputs)) return { ...state.outputs, ...inputs };
    await this.#warnOfDropped(session, state, inputs);
    return (await this.create(session, inputs)).outputs;
  }

  /** The Environment says what runs; the record alone only says what once did. */
  override async read(session: Session, state: State): Promise<State | undefined> {
    if (Object.keys(state.inputs).length === 0) return super.read(session, state);
    const running = await this.#running(session, state);
    if (typeof running !== "string") return undefined;
    const buildSid = { buildSid: running };
    return {
      id: state.id,
      inputs: { ...state.inputs, ...buildSid },
      outputs: { ...state.outputs, ...buildSid },
    };
  }

  override async delete(session: Session, state: State): Promise<void> {
    const running = await this.#running(session, state);
    if (running === undefined || running !== state.outputs["buildSid"]) return;
    if (await this.stays(session, state)) return;
    // A Deployment without a Build undeploys.
    const nothing = Object.fromEntries(Object.entries(state.inputs).filter(([name]) => name !== "buildSid"));
    const request = inputsToCreate(
      this.row,
      this.operation("create"),
      nothing,
      this.path(session, state.outputs),
    );
    await orGone(session.client.send(request, { ...this.purpose(session, "Undeploying"), repeatable: true }));
  }

  /** A warning that cannot be found out is no reason not to deploy. */
  async #warnOfDropped(session: Session, state: State, inputs: ValueMap): Promise<void> {
    try {
      const warnings = await warningOfDropped(session, moveOf(state.outputs, inputs));
      warnings.forEach((warning) => session.warn(warning));
    } catch (error) {
      if (session.signal.aborted || !(error instanceof ProviderError)) throw error;
      session.warn(
        `This deployment may remove a Function that a waiting Execution still calls; that could not be looked up: ${error.message}`,
      );
    }
  }

  /** The latest record of this Build in its Environment. */
  async #recordOf(session: Session, inputs: ValueMap): Promise<JsonMap | undefined> {
    const request = listRequest(this, session, inputs);
    if (request === undefined) return undefined;
    for await (const listed of entriesOf(
      session.client,
      this.row,
      request,
      this.purpose(session, "Reading"),
    )) {
      if (listed["build_sid"] === inputs["buildSid"]) return listed;
    }
    return undefined;
  }

  #isDeployed(state: State, inputs: ValueMap): boolean {
    return !this.diff(state, inputs).changes.some(({ path }) => path[0] === "buildSid");
  }

  /** The Build that the Environment runs; undefined when there is none, or no Environment. */
  async #running(session: Session, state: State): Promise<JsonMap[string] | undefined> {
    const row = environmentRow();
    const path = { ...this.path(session, state.outputs), Sid: textAt(state.outputs, "environmentSid") };
    const operation = row.operations.fetch;
    if (operation === undefined) return undefined;
    const body = await orGone(
      session.client.send(plainRequest(row, operation, path), this.purpose(session, "Reading")),
    );
    return body?.["build_sid"] ?? undefined;
  }
}

function environmentRow(): Resource {
  const row = resource("twilio:serverless:Environment");
  if (row === undefined) throw new ProviderError("unexpected", { reason: "there is no row of Environments" });
  return row;
}
