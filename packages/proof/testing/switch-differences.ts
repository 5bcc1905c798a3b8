/** A Twilio that is in other positions than the local one usually plays. */
import type { Difference } from "./changes.ts";

export const switchDifferences: readonly Difference[] = [
  ...(
    [
      ["conditionsJoin", "or", /^switches\.conditionsJoin$/],
      ["failingTemplate", "literal", /^(switches\.failingTemplate|studio\.liquid-fails\.)/],
      ["jsonContentType", "exact", /^(switches\.jsonContentType|studio\.run-function\.json-charset)$/],
      ["subflowValues", "any", /^switches\.subflowValues$/],
      ["draftSubflow", "everyone", /^switches\.draftSubflow$/],
      [
        "signatureRejection",
        400,
        /^(switches\.signatureRejection|functions\.(asset\.protected|asset\.private|protected\.unsigned|private\.function))$/,
      ],
      ["executionForBusyContact", "active", /^switches\.executionForBusyContact$/],
      ["channelAddress", "proxy", /^switches\.channelAddress$/],
      ["replyLocation", "inbound", /^switches\.replyLocation$/],
      ["studioWebhookOutlivesExecution", false, /^switches\.studioWebhookOutlivesExecution$/],
      ["serviceWebhookHearsCarrier", false, /^(switches\.serviceWebhookHearsCarrier|autocreated\.events)$/],
      ["numberWebhookHearsConversations", false, /^switches\.numberWebhookHearsConversations$/],
      ["queueTimeoutWhileReserved", "atOnce", /^switches\.queueTimeoutWhileReserved$/],
    ] as const
  ).map(([name, position, shows]): Difference => ({
    name: `the switch ${name}`,
    kind: "a switch",
    shows,
    switches: { [name]: position },
  })),
];
