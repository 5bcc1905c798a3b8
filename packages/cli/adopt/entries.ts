/** What answers the numbers of an account today: address configurations, numbers' own webhooks, Messaging Services. */
import { z } from "zod";
import type { Account } from "./account.ts";

/** An address whose messages reach a Flow. */
export interface Entry {
  readonly address: string;
  readonly channel: string;
  readonly flowSid: string;
  /** The Conversations that Twilio opens, or the number's own SMS webhook. */
  readonly answeredBy: "conversations" | "webhook";
}

/** An address configuration that opens Conversations. */
export interface Configuration {
  readonly sid: string;
  readonly address: string;
  readonly channel: string;
  readonly friendlyName: string | null;
  /** What hears of them: a Flow, a webhook, or nothing but the Conversations Service's own webhooks. */
  readonly type: string;
  readonly flowSid: string | null;
  readonly serviceSid: string | null;
  readonly retryCount: number | null;
}

/** What a number does with an SMS by itself. */
export interface NumberWebhook {
  readonly sid: string;
  readonly address: string;
  readonly smsUrl: string;
  readonly smsMethod: string;
  readonly smsFallbackUrl: string;
  /** A TwiML application, which goes before the URL. */
  readonly smsApplicationSid: string;
  /** The Messaging Service that it is in. */
  readonly messagingService: {
    readonly sid: string;
    readonly friendlyName: string;
    /** What the Service posts to, in place of the number's own; empty: nothing. */
    readonly inboundUrl: string;
    readonly isDeferring: boolean;
  } | null;
}

export interface Answering {
  readonly configurations: readonly Configuration[];
  /** Address configurations that are switched off. */
  readonly switchedOff: readonly Configuration[];
  readonly numbers: readonly NumberWebhook[];
  readonly entries: readonly Entry[];
}

const autoCreation = z.object({
  enabled: z.boolean().nullish(),
  type: z.string().nullish(),
  conversation_service_sid: z.string().nullish(),
  studio_flow_sid: z.string().nullish(),
  studio_retry_count: z.coerce.number().nullish(),
});

/** A Flow's webhook (https://www.twilio.com/docs/studio/widget-library/trigger-start). */
export function flowWebhook(accountSid: string, flowSid: string): string {
  return `https://webhooks.twilio.com/v1/Accounts/${accountSid}/Flows/${flowSid}`;
}

/** Reads them all. */
export async function readAnswering(account: Account): Promise<Answering> {
  const { client, accountSid } = account;
  const [all, own, shortCodes] = await Promise.all([
    readConfigurations(account),
    readNumbers(account),
    readShortCodes(account),
  ]);
  const configurations = all.filter(({ isOn }) => isOn);
  const numbers = [...own, ...shortCodes];
  const prefix = flowWebhook(accountSid, "");
  const flows = await client.studio.v2.flows.list({ pageSize: 1000 });
  const known = new Set(flows.map(({ sid }) => sid));
  return {
    configurations,
    switchedOff: all.filter(({ isOn }) => !isOn),
    numbers,
    entries: [
      ...configurations.flatMap(({ address, channel, flowSid }): Entry[] =>
        flowSid === null ? [] : [{ address, channel, flowSid, answeredBy: "conversations" }],
      ),
      // What a short code does is Twilio's to set up; a stage declares numbers.
      ...own.flatMap(({ address, smsUrl, smsApplicationSid }): Entry[] => {
        const flowSid = smsUrl.startsWith(prefix) ? smsUrl.slice(prefix.length) : "";
        return known.has(flowSid) && smsApplicationSid === ""
          ? [{ address, channel: "sms", flowSid, answeredBy: "webhook" }]
          : [];
      }),
    ],
  };
}

async function readConfigurations({ client }: Account): Promise<(Configuration & { isOn: boolean })[]> {
  const found = await client.conversations.v1.addressConfigurations.list({ pageSize: 50 });
  return found.map(({ sid, address, type, friendlyName, autoCreation: given }) => {
    const creation = autoCreation.parse(given ?? {});
    const isStudio = creation.type === "studio";
    return {
      isOn: creation.enabled === true,
      sid,
      address,
      channel: type,
      friendlyName: friendlyName === "" ? null : (friendlyName ?? null),
      type: creation.type ?? "default",
      flowSid: isStudio ? (creation.studio_flow_sid ?? null) : null,
      serviceSid: creation.conversation_service_sid ?? null,
      retryCount: creation.studio_retry_count ?? null,
    };
  });
}

async function readNumbers({ client }: Account): Promise<NumberWebhook[]> {
  const [numbers, services] = await Promise.all([
    client.incomingPhoneNumbers.list({ pageSize: 1000 }),
    client.messaging.v1.services.list({ pageSize: 100 }),
  ]);
  const members = await Promise.all(
    services.map(async (service) => ({
      service,
      numbers: new Set(
        (await client.messaging.v1.services(service.sid).phoneNumbers.list({ pageSize: 100 })).map(
          ({ sid }) => sid,
        ),
      ),
    })),
  );
  return numbers.map(({ sid, phoneNumber, smsUrl, smsMethod, smsFallbackUrl, smsApplicationSid }) => {
    const service = members.find((each) => each.numbers.has(sid))?.service;
    return {
      sid,
      address: phoneNumber,
      smsUrl: smsUrl ?? "",
      smsMethod: smsMethod ?? "",
      smsFallbackUrl: smsFallbackUrl ?? "",
      smsApplicationSid: smsApplicationSid ?? "",
      messagingService:
        service === undefined
          ? null
          : {
              sid: service.sid,
              friendlyName: service.friendlyName,
              inboundUrl: service.inboundRequestUrl ?? "",
              isDeferring: service.useInboundWebhookOnNumber === true,
            },
    };
  });
}

async function readShortCodes({ client }: Account): Promise<NumberWebhook[]> {
  const codes = await client.shortCodes.list({ pageSize: 1000 });
  return codes.map(({ sid, shortCode, smsUrl, smsMethod, smsFallbackUrl }) => ({
    sid,
    address: shortCode,
    smsUrl: smsUrl ?? "",
    smsMethod: smsMethod ?? "",
    smsFallbackUrl: smsFallbackUrl ?? "",
    smsApplicationSid: "",
    messagingService: null,
  }));
}
