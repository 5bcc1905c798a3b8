/** Texts and media between the two numbers: as they are sent, told of, received, kept and refused. */
import { below, fieldOf, listOf, textOf } from "../../account.ts";
import { numbersOf, type Asked, type Probe } from "../../probe.ts";
import { deployed, record, type Recorded } from "../deployed.ts";
import { refusal } from "../rest/index.ts";
import { headerQuestions, questionsOf, seeFields, seeHeaders } from "../webhooks/carried.ts";
import { smsFields, statusFields } from "../webhooks/fields.ts";
import { openLine, settled } from "./line.ts";

const recorded = "recorded: webhooks of texts";
const touches = ["rest:create twilio:api:Message"];
const collectionOf = ({ account }: Asked) =>
  `api.twilio.com/2010-04-01/Accounts/${account.sid}/Messages.json`;

export const textsProbe: Probe = {
  name: "messages/texts",
  part: "messages",
  needsNumbers: true,
  texts: 3,
  matters: "every text that a line sends and receives",
  questions: [
    {
      id: "messages.create",
      asks: "a text that is sent: status, fields",
      source: "OpenAPI api, Message",
      touches,
    },
    {
      id: "messages.settled",
      asks: "a text once it arrived: in which fields it changed",
      source: "OpenAPI api, Message",
    },
    {
      id: "messages.received",
      asks: "the text as it stands at the number that got it",
      source: "OpenAPI api, Message",
    },
    {
      id: "messages.segments",
      asks: "segments of 100 Cyrillic letters",
      source: "https://www.twilio.com/docs/glossary/what-sms-character-limit",
    },
    {
      id: "messages.statuses",
      asks: "the statuses that a text's callback tells, in their order",
      source: "https://www.twilio.com/docs/messaging/guides/track-outbound-message-status",
    },
    { id: "messages.delete", asks: "a delete of a text", source: "OpenAPI api, Message" },
    ...questionsOf("sms", smsFields, recorded),
    ...questionsOf("sms-status", statusFields, recorded),
    ...headerQuestions("sms"),
  ],
  async run(asked) {
    const { account, saw } = asked;
    const { line, phone, inbound, send } = await openLine(asked);
    const status = await record(asked, "statuses");
    const sent = await send(phone, line, "hello", { StatusCallback: status.url });
    saw("messages.create", { status: sent.status, fields: sent.body });
    const arrived = await settled(asked, sent);
    const names = Object.keys(arrived ?? {});
    saw(
      "messages.settled",
      Object.fromEntries(
        names
          .filter(
            (name) => JSON.stringify(fieldOf(arrived, name)) !== JSON.stringify(fieldOf(sent.body, name)),
          )
          .map((name) => [name, fieldOf(arrived, name) ?? null]),
      ),
    );
    const [heard] = await inbound.wait((all) => all.length > 0, 60);
    seeFields(asked, "sms", smsFields, heard);
    seeHeaders(asked, "sms", heard);
    const told = await status.wait(
      (all) => all.some(({ parameters }) => /delivered|failed/.test(parameters["MessageStatus"] ?? "")),
      60,
    );
    seeFields(asked, "sms-status", statusFields, told[0]);
    saw(
      "messages.statuses",
      told.map(({ parameters }) => parameters["MessageStatus"] ?? ""),
    );
    const collection = collectionOf(asked);
    const list = await account.ask("GET", `${collection}?To=${encodeURIComponent(line)}&PageSize=50`);
    const got = listOf(list.body, "messages").find(
      (each) => textOf(each, "direction") === "inbound" && textOf(each, "body") === textOf(sent.body, "body"),
    );
    saw("messages.received", got ?? "not listed");
    const long = await send(phone, line, "ж".repeat(86));
    saw("messages.segments", fieldOf(await settled(asked, long), "num_segments") ?? null);
    const gone = await account.remove(below(collection, textOf(long.body, "sid")));
    saw("messages.delete", { status: gone.status, bytes: gone.text.length });
  },
};

export const mediaProbe: Probe = {
  name: "messages/media",
  part: "messages",
  needsNumbers: true,
  texts: 1,
  matters: "pictures that customers send",
  questions: [
    ...["NumMedia", "MediaUrl0", "MediaContentType0"].map((field) => ({
      id: `media.inbound.${field}`,
      asks: `${field} of a text with a picture`,
      source: "https://www.twilio.com/docs/messaging/api/media-resource",
    })),
    { id: "media.listed", asks: "the media of a text: fields", source: "OpenAPI api, Media" },
    {
      id: "media.fetched",
      asks: "where a media's URL leads",
      source: "https://www.twilio.com/docs/messaging/api/media-resource",
    },
    {
      id: "media.refused",
      asks: "a media URL that is none",
      source: "https://www.twilio.com/docs/api/errors/21620",
    },
  ],
  async run(asked) {
    const { account, saw } = asked;
    const { line, phone, inbound, send } = await openLine(asked);
    const functions = await deployed(asked);
    const sent = await send(phone, line, "picture", { MediaUrl: functions.url("/pixel.gif") });
    await settled(asked, sent);
    const isPicture = ({ parameters: { NumMedia } }: Recorded) => NumMedia === "1";
    const all = await inbound.wait((heard) => heard.some(isPicture), 60);
    const parameters = all.find(isPicture)?.parameters ?? {};
    for (const field of ["NumMedia", "MediaUrl0", "MediaContentType0"]) {
      saw(`media.inbound.${field}`, parameters[field] ?? "missing");
    }
    const collection = collectionOf(asked);
    const at = below(collection, parameters["MessageSid"] ?? textOf(sent.body, "sid")).replace(
      /\.json$/,
      "/Media",
    );
    const { body } = await account.ask("GET", `${at}.json`);
    const [media] = listOf(body, "media_list");
    saw("media.listed", media ?? "none");
    const url = (parameters["MediaUrl0"] ?? "").replace(/^https?:\/\//, "");
    const fetched = url === "" ? null : await account.ask("GET", url);
    saw(
      "media.fetched",
      fetched === null
        ? "no URL"
        : {
            status: fetched.status,
            type: fetched.headers.get("content-type"),
            isLed: fetched.headers.get("location") !== null,
          },
    );
    const refused = await account.make(collection, {
      form: { From: phone, To: line, Body: `${asked.prefix} x`, MediaUrl: "[https://example.com/a.jpg]" },
    });
    saw("media.refused", refusal(refused));
  },
};

/** Texts that are refused: nothing is sent. */
const refusals: readonly (readonly [name: string, form: Readonly<Record<string, string>>, code: number])[] = [
  ["to-missing", { From: "{phone}", Body: "x" }, 21604],
  ["from-missing", { To: "{line}", Body: "x" }, 21603],
  ["body-missing", { From: "{phone}", To: "{line}" }, 21602],
  ["body-long", { From: "{phone}", To: "{line}", Body: "a".repeat(1601) }, 21617],
  ["to-no-number", { From: "{phone}", To: "x", Body: "x" }, 21211],
  ["from-of-nobody", { From: "+15005550001", To: "{line}", Body: "x" }, 21606],
  ["to-is-from", { From: "{phone}", To: "{phone}", Body: "x" }, 21266],
  ["pool-unknown", { MessagingServiceSid: `MG${"0".repeat(32)}`, To: "{line}", Body: "x" }, 21701],
  ["content-unknown", { From: "{phone}", To: "{line}", ContentSid: `HX${"0".repeat(32)}` }, 21655],
  [
    "schedule-without-pool",
    { From: "{phone}", To: "{line}", Body: "x", ScheduleType: "fixed", SendAt: "2030-01-01T00:00:00Z" },
    21608,
  ],
];

export const refusedTextsProbe: Probe = {
  name: "messages/refused",
  part: "messages",
  needsNumbers: true,
  matters: "by which event a Flow leaves a widget that sends",
  questions: refusals.map(([name, , code]) => ({
    id: `messages.refused.${name}`,
    asks: `a text that is refused: ${name}`,
    source: `https://www.twilio.com/docs/api/errors/${code}`,
    touches,
  })),
  async run(asked) {
    const { line, phone } = numbersOf(asked);
    for (const [name, form] of refusals) {
      const filled = Object.fromEntries(
        Object.entries(form).map(([key, value]) => [
          key,
          value.replace("{line}", line).replace("{phone}", phone),
        ]),
      );
      asked.saw(
        `messages.refused.${name}`,
        refusal(await asked.account.make(collectionOf(asked), { form: filled })),
      );
    }
  },
};
