import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";
import type { FunctionsService } from "./functions-service.ts";

export interface StandingConversationArgs {
  readonly uniqueName: string;
  readonly line: string;
  readonly conversationsServiceSid: pulumi.Input<string>;
  readonly flowSid: pulumi.Input<string>;
  /** Has the Function that attaches the Flow again should its webhook be gone. */
  readonly functions: FunctionsService;
}

/**
 * A Conversation that is there before anyone writes, and stays: known by its unique name and answered by the line's
 * Flow through a Conversation-scoped webhook
 * (https://www.twilio.com/docs/conversations/api/conversation-scoped-webhook-resource).
 */
export class StandingConversation extends pulumi.ComponentResource {
  readonly sid: pulumi.Output<string>;

  constructor(name: string, args: StandingConversationArgs, options?: pulumi.ComponentResourceOptions) {
    super("support-line:index:StandingConversation", name, {}, options);
    const parent = { parent: this };
    const conversation = new twilio.conversations.ServiceConversation(
      name,
      {
        chatServiceSid: args.conversationsServiceSid,
        uniqueName: args.uniqueName,
        friendlyName: args.uniqueName,
      },
      parent,
    );
    const place = { chatServiceSid: args.conversationsServiceSid, conversationSid: conversation.sid };
    new twilio.conversations.ServiceConversationScopedWebhook(
      `${name}-flow`,
      { ...place, target: "studio", configuration: { flowSid: args.flowSid } },
      parent,
    );
    new twilio.conversations.ServiceConversationScopedWebhook(
      `${name}-reattach`,
      {
        ...place,
        target: "webhook",
        configuration: {
          url: pulumi.interpolate`${args.functions.address("reattach-flow").url}?line=${args.line}`,
          method: "POST",
          filters: ["onMessageAdded"],
        },
      },
      parent,
    );
    this.sid = conversation.sid;
    this.registerOutputs({ sid: this.sid });
  }
}
