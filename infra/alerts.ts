import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";

/**
 * What is told: errors and warnings of every product (https://www.twilio.com/docs/events/event-types/errors/error-logs),
 * and each Execution's end (https://www.twilio.com/docs/events/event-types/studio/flow).
 */
const told = ["com.twilio.error-logs.error.logged", "com.twilio.studio.flow.execution.ended"];
const schemaVersion = 2;

export interface AlertsArgs {
  /** For people who read the account's list of sinks. */
  readonly description: string;
  /** URL that events are posted to. */
  readonly address: string;
}

/** Somebody on call hears what goes wrong: an Event Streams sink and its subscription. */
export class Alerts extends pulumi.ComponentResource {
  constructor(name: string, { description, address }: AlertsArgs, options?: pulumi.ComponentResourceOptions) {
    super("support-line:index:Alerts", name, {}, options);
    const parent = { parent: this };
    const sink = new twilio.events.Sink(
      name,
      {
        description,
        sinkType: "webhook",
        sinkConfiguration: { destination: address, method: "POST", batchEvents: false },
      },
      parent,
    );
    new twilio.events.Subscription(
      name,
      {
        description,
        sinkSid: sink.sid,
        types: told.map((type) => ({ type, schemaVersion })),
      },
      parent,
    );
    this.registerOutputs({});
  }
}
