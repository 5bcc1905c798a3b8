import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";
import { lineKey } from "@support-line/functions/variables-v1/lists";
import type { Line } from "@support-line/stage";
import { leftToOthers } from "@support-line/stage/left-to-others";
import type { FunctionsService } from "./functions-service.ts";

export interface CallEntryArgs {
  readonly line: Line;
  readonly functions: FunctionsService;
  readonly accountSid: string;
  /** Flow that takes the calls. */
  readonly flowSid: pulumi.Input<string>;
}

/**
 * The way in of a line that takes calls: the voice webhook of a number that the account has. Whatever else the number does
 * stays as it is, and the number stays when the line goes.
 */
export class CallEntry extends pulumi.ComponentResource {
  readonly address: pulumi.Output<string>;

  constructor(name: string, args: CallEntryArgs, options?: pulumi.ComponentResourceOptions) {
    super("support-line:index:CallEntry", name, {}, options);
    const { line, functions, accountSid, flowSid } = args;
    const parent = { parent: this };

    const flowVariable = new twilio.serverless.Variable(
      `${name}-flow`,
      {
        serviceSid: functions.serviceSid,
        environmentSid: functions.environmentSid,
        key: lineKey(line.name, "FLOW_SID"),
        value: flowSid,
      },
      parent,
    );

    // A Flow answers calls at the address that its Trigger shows.
    const number = new twilio.api.IncomingPhoneNumber(
      name,
      {
        phoneNumber: line.address,
        voiceUrl: pulumi.interpolate`https://webhooks.twilio.com/v1/Accounts/${accountSid}/Flows/${flowSid}`,
        voiceMethod: "POST",
      },
      { ...parent, ignoreChanges: [...leftToOthers.call], retainOnDelete: true, dependsOn: flowVariable },
    );
    this.address = number.sid.apply(() => line.address);
    this.registerOutputs({ address: this.address });
  }
}
