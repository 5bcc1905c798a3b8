import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";
import { lineKey } from "@support-line/functions/variables-v1/lists";
import type { Line } from "@support-line/stage";
import type { FunctionsService } from "./functions-service.ts";
import { StandingConversation } from "./standing-conversation.ts";

export interface ConversationEntryArgs {
  readonly line: Line;
  readonly channel: "sms" | "whatsapp";
  readonly functions: FunctionsService;
  /** Conversations Service that new Conversations are opened in. */
  readonly conversationsServiceSid: pulumi.Input<string>;
  /** Flow that answers them. */
  readonly flowSid: pulumi.Input<string>;
}

/**
 * The way in: who writes to a line's address and is in no open Conversation gets one, with the line's Flow attached
 * to it as a studio webhook (https://www.twilio.com/docs/conversations/inbound-autocreation). The line's standing
 * Conversations have it from the start.
 */
export class ConversationEntry extends pulumi.ComponentResource {
  readonly address: pulumi.Output<string>;

  constructor(name: string, args: ConversationEntryArgs, options?: pulumi.ComponentResourceOptions) {
    super("support-line:index:ConversationEntry", name, {}, options);
    const { line, channel, functions, conversationsServiceSid, flowSid } = args;
    const parent = { parent: this };

    // The Functions that attach the Flow to a Conversation have to know it before the first one is opened.
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

    const configuration = new twilio.conversations.AddressConfiguration(
      name,
      {
        type: channel,
        address: line.address,
        friendlyName: `${line.name} line`,
        autoCreation: {
          enabled: true,
          type: "studio",
          conversationServiceSid: conversationsServiceSid,
          studioFlowSid: flowSid,
          studioRetryCount: 3,
        },
      },
      { ...parent, dependsOn: flowVariable },
    );

    for (const uniqueName of line.conversations) {
      new StandingConversation(
        uniqueName,
        { uniqueName, line: line.name, conversationsServiceSid, flowSid, functions },
        { ...parent, dependsOn: flowVariable },
      );
    }

    this.address = configuration.address;
    this.registerOutputs({ address: this.address });
  }
}
