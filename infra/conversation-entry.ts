import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";
import type { Line } from "./config.ts";

export interface ConversationEntryArgs {
  readonly line: Line;
  /** Conversations Service that new Conversations are opened in. */
  readonly conversationsServiceSid: pulumi.Input<string>;
  /** Flow that answers them. */
  readonly flowSid: pulumi.Input<string>;
}

/**
 * The way in: who writes to a line's address and is in no open Conversation gets one, with the line's Flow attached
 * to it as a studio webhook (https://www.twilio.com/docs/conversations/inbound-autocreation).
 */
export class ConversationEntry extends pulumi.ComponentResource {
  readonly address: pulumi.Output<string>;

  constructor(name: string, args: ConversationEntryArgs, options?: pulumi.ComponentResourceOptions) {
    super("support-line:index:ConversationEntry", name, {}, options);
    const { line } = args;
    const configuration = new twilio.conversations.AddressConfiguration(
      name,
      {
        type: line.channel,
        address: line.address,
        friendlyName: `${line.name} line`,
        autoCreation: {
          enabled: true,
          type: "studio",
          conversationServiceSid: args.conversationsServiceSid,
          studioFlowSid: args.flowSid,
          studioRetryCount: 3,
        },
      },
      { parent: this },
    );
    this.address = configuration.address;
    this.registerOutputs({ address: this.address });
  }
}
