/**
 * Ways in which a Twilio could differ from the local one, to be put into a second local Twilio: each with the facts that must
 * show it. They are put in where the answers leave, so that nothing of the proof knows of them.
 */
import {
  everywhere,
  drop,
  set,
  refused,
  answered,
  stays,
  changesLate,
  recorded,
  isEvent,
  carries,
  without,
  variables,
  called,
  header,
  type Json,
  type Difference,
} from "./changes.ts";
import { switchDifferences } from "./switch-differences.ts";

export const differences: readonly Difference[] = [
  ...(
    [
      [
        "a Conversation has no bindings",
        /\/Conversations(\/CH\w+)?(\?.*)?$/,
        "bindings",
        /^(rest\.conversation\.create|autocreated\.conversation)$/,
      ],
      [
        "a message of a Conversation has no delivery",
        /\/Messages(\/IM\w+)?(\?.*)?$/,
        "delivery",
        /^(rest\.message\.create|autocreated\.message)$/,
      ],
      [
        "a Flow has no webhook URL",
        /studio\.twilio\.com\/v2\/Flows(\/FW\w+)?(\?.*)?$/,
        "webhook_url",
        /^rest\.studio-flow\.create$/,
      ],
      [
        "a Variable has no Service",
        /\/Variables(\/ZV\w+)?(\?.*)?$/,
        "service_sid",
        /^rest\.variable\.create$/,
      ],
      ["a Workspace has no links", /\/Workspaces(\/WS\w+)?(\?.*)?$/, "links", /^rest\.workspace\.create$/],
      [
        "a user does not say whether they are online",
        /\/Users(\/US\w+)?(\?.*)?$/,
        "is_online",
        /^rest\.user\.create$/,
      ],
      [
        "an Asset has no links",
        /serverless\.twilio\.com.*\/Assets(\/ZH\w+)?(\?.*)?$/,
        "links",
        /^rest\.asset\.create$/,
      ],
      [
        "an Execution has no contact SID",
        /\/Executions(\/FN\w+)?(\?.*)?$/,
        "contact_sid",
        /^(rest\.execution\.create|studio\.execution\.execution\.fields)$/,
      ],
      [
        "a content has no URL",
        /content\.twilio\.com\/v1\/Content(\/HX\w+)?(\?.*)?$/,
        "url",
        /^rest\.content\.create$/,
      ],
      [
        "a number has no bundle",
        /\/IncomingPhoneNumbers(\/PN\w+)?\.json(\?.*)?$/,
        "bundle_sid",
        /^numbers\.listed$/,
      ],
    ] as const
  ).map(([name, url, field, shows]): Difference => ({
    name,
    kind: "a field missing",
    shows,
    open: everywhere(url, drop(field)),
  })),
  {
    name: "a participant's role is null",
    kind: "another format",
    shows: /^(rest\.participant\.create|autocreated\.participant)$/,
    open: everywhere(
      /\/Participants(\/MB\w+)?(\?.*)?$/,
      set("role_sid", () => null),
    ),
  },
  {
    name: "a Task's age is text",
    kind: "another format",
    shows: /^rest\.task\.(create|fetch|list)$/,
    open: everywhere(/\/Tasks(\/WT\w+)?(\?.*)?$/, set("age", String)),
  },
  {
    name: "a role's date has milliseconds",
    kind: "another format",
    shows: /^rest\.role\.create$/,
    open: everywhere(
      /\/Roles(\/RL\w+)?(\?.*)?$/,
      set("date_created", (date) => String(date).replace("Z", ".123Z")),
    ),
  },
  {
    name: "an application's API is another",
    kind: "another format",
    shows: /^rest\.application\.create$/,
    open: everywhere(
      /\/Applications(\/AP\w+)?\.json(\?.*)?$/,
      set("api_version", () => "2008-08-01"),
    ),
  },
  {
    name: "a text's currency is null",
    kind: "another format",
    shows: /^messages\.(create|received)$/,
    open: everywhere(
      /\/Messages(\/[SM]M\w+)?\.json(\?.*)?$/,
      set("price_unit", () => null),
    ),
  },
  {
    name: "a Sync List's expiry is empty text",
    kind: "another format",
    shows: /^rest\.sync-list\.(create|update)$/,
    open: everywhere(
      /sync\.twilio\.com.*\/Lists(\/ES\w+)?(\?.*)?$/,
      set("date_expires", (date) => date ?? ""),
    ),
  },
  {
    name: "created closed is another code",
    kind: "another code",
    shows: /^rest\.conversation\.refused\.closed$/,
    open: refused(/\/Conversations$/, 50384, (refusal) => ({ ...refusal, code: 50377 })),
  },
  {
    name: "a participant who is in it already is 400",
    kind: "another code",
    shows: /^rest\.participant\.refused\.twice$/,
    open: refused(/\/Participants$/, 50433, (refusal) => ({ ...refusal, status: 400 })),
  },
  {
    name: "a name of a Service that is taken is 20001",
    kind: "another code",
    shows: /^rest\.serverless-service\.refused\.name-taken$/,
    open: refused(/serverless\.twilio\.com\/v1\/Services$/, 20409, (refusal) => ({
      ...refusal,
      code: 20001,
      status: 400,
    })),
  },
  {
    name: "an opted-out phone is another code",
    kind: "another code",
    shows: /^opt-out\.refused$/,
    open: refused(/\/Messages\.json$/, 21610, (refusal) => ({ ...refusal, code: 21614 })),
  },
  {
    name: "a Deployment that is there is 400",
    kind: "another code",
    shows: /^functions\.deployment\.again$/,
    open: refused(/\/Deployments$/, 20409, (refusal) => ({ ...refusal, status: 400 })),
  },
  {
    name: "no credentials for Studio read otherwise",
    kind: "another message",
    shows: /^http\.credentials-(none|wrong)\.studio$/,
    open: refused(/studio\.twilio\.com/, 20003, (refusal) => ({
      ...refusal,
      message: "Authentication Error - invalid username",
    })),
  },
  {
    name: "a Workspace that is not there reads otherwise",
    kind: "another message",
    shows: /^rest\.workspace\.(absent|deleted|deleted-again)$/,
    open: refused(/\/Workspaces\/WS\w+$/, 20404, (refusal) => ({
      ...refusal,
      message: "Workspace not found",
    })),
  },
  {
    name: "a wrong type in a Flow reads otherwise",
    kind: "another message",
    shows: /^studio\.validation\.(timeout|body)-number$/,
    open: refused(
      /\/Flows\/Validate$/,
      81022,
      (refusal) => JSON.parse(JSON.stringify(refusal).replaceAll("integer found", "number found")) as Json,
    ),
  },
  {
    name: "users are listed oldest first",
    kind: "another order",
    shows: /^rest\.user\.order$/,
    open: answered(/^GET .*\/Users$/, (body) => ({
      ...body,
      users: (body["users"] as unknown[]).toReversed(),
    })),
  },
  {
    name: "Flows are listed oldest first",
    kind: "another order",
    shows: /^rest\.studio-flow\.order$/,
    open: answered(/^GET studio\.twilio\.com\/v2\/Flows$/, (body) => ({
      ...body,
      flows: (body["flows"] as unknown[]).toReversed(),
    })),
  },
  {
    name: "Documents have no second page",
    kind: "other pages",
    shows: /^rest\.sync-document\.pages$/,
    open: answered(/\/Documents\?PageSize=1$/, (body) => ({
      ...body,
      meta: { ...(body["meta"] as Json), next_page_url: null },
    })),
  },
  {
    name: "a page of 101 is one of 50",
    kind: "other pages",
    shows: /^http\.page-size\.101$/,
    open: answered(/\/Flows\?PageSize=101$/, (body) => ({
      ...body,
      meta: { ...(body["meta"] as Json), page_size: 50 },
    })),
  },
  {
    name: "no count of concurrent requests",
    kind: "another header",
    shows: /^http\.headers(-refused)?$/,
    open: called(/ conversations\.twilio\.com\/v1\/Services/, header("twilio-concurrent-requests")),
  },
  {
    name: "an Activity is there for 3 s after it was deleted",
    kind: "a slow change",
    shows: /^rest\.activity\.deleted$/,
    open: stays(/\/Activities\/WA\w+$/, 3000),
  },
  {
    name: "a Conversation is there for 300 ms after it was deleted",
    kind: "a slow change",
    shows: /^timing\.conversation\.gone$/,
    open: stays(/\/Conversations\/CH\w+$/, 300),
  },
  {
    name: "a Flow's new revision is seen after 300 ms",
    kind: "a slow change",
    shows: /^(timing\.flow\.revision|rest\.studio-flow\.list)$/,
    open: changesLate(/studio\.twilio\.com\/v2\/Flows\/FW\w+$/, 300),
  },
  {
    name: "nobody hears that somebody left",
    kind: "a lost event",
    shows: /^webhooks\.(onParticipantRemoved\.|order$)/,
    open: recorded((items) => items.filter((item) => !isEvent("onParticipantRemoved")(item))),
  },
  {
    name: "nobody hears that a text was sent",
    kind: "a lost event",
    shows: /^(messages\.statuses|webhooks\.sms-status\.)/,
    open: recorded((items) => items.filter((item) => item.data.parameters["MessageStatus"] !== "sent")),
  },
  {
    name: "onMessageAdded has no Index",
    kind: "another webhook",
    shows: /^webhooks\.onMessageAdded\.Index$/,
    open: carries("onMessageAdded", without("Index")),
  },
  {
    name: "StateUpdated has no milliseconds",
    kind: "another webhook",
    shows: /^webhooks\.onConversationStateUpdated\.StateUpdated$/,
    open: carries("onConversationStateUpdated", (parameters) => ({
      ...parameters,
      StateUpdated: (parameters["StateUpdated"] ?? "").replace(/\.\d+Z/, "Z"),
    })),
  },
  {
    name: "onConversationAdded has a field more",
    kind: "another webhook",
    shows: /^webhooks\.onConversationAdded\.others$/,
    open: carries("onConversationAdded", (parameters) => ({ ...parameters, Region: "us1" })),
  },
  {
    name: "a Task's events come in another order",
    kind: "another order",
    shows: /^webhooks\.task-order$/,
    open: recorded((items) =>
      items.some(isEvent("task-queue.entered"))
        ? items.toSorted(
            (one, other) =>
              Number(isEvent("task-queue.entered")(other)) - Number(isEvent("task-queue.entered")(one)),
          )
        : items,
    ),
  },
  {
    name: "TaskRouter says no region",
    kind: "another header",
    shows: /^webhooks\.headers\.taskrouter\.x-home-region$/,
    open: recorded((items) =>
      items.map((item) =>
        isEvent("task.created")(item)
          ? { ...item, data: { ...item.data, headers: without("x-home-region")(item.data.headers) } }
          : item,
      ),
    ),
  },
  {
    name: "the country of a number is in small letters",
    kind: "another webhook",
    shows: /^webhooks\.sms\.FromCountry$/,
    open: recorded((items) =>
      items.map((item) =>
        "FromCountry" in item.data.parameters
          ? { ...item, data: { ...item.data, parameters: { ...item.data.parameters, FromCountry: "us" } } }
          : item,
      ),
    ),
  },
  {
    name: "upcase leaves the rest",
    kind: "another context",
    shows: /^studio\.liquid\.upcase$/,
    open: variables((_, value) => (value === "HELLO WORLD" ? "HELLO World" : value)),
  },
  {
    name: "a loop has 20 rounds",
    kind: "another context",
    shows: /^studio\.liquid\.for-of-a-range$/,
    open: variables((_, value) =>
      value === "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15," ? `${value}16,17,18,19,20,` : value,
    ),
  },
  {
    name: "matches_any_of wants the same letters",
    kind: "another context",
    shows: /^studio\.predicate\.matches_any_of\.2$/,
    open: variables((name, value) => (name === "p8" ? "does not hold" : value)),
  },
  {
    name: "steps end nowhere",
    kind: "another context",
    shows: /^studio\.(execution\.steps\.way|split\.nowhere|subflow\.steps)$/,
    open: everywhere(
      /\/Steps(\?.*)?$/,
      set("transitioned_to", (to) => (to === "Ended" ? "" : to)),
    ),
  },
  {
    name: "a Function that fails answers text",
    kind: "another Function",
    shows: /^(functions\.fails\.error|studio\.http\.answer\.error)$/,
    open: called(/twil\.io\/answer\?kind=error$/, (response) =>
      header("content-type", "text/plain")({ ...response, body: "as asked" }),
    ),
  },
  {
    name: "a Function that answers a number answers text",
    kind: "another Function",
    shows: /^functions\.answer\.number$/,
    open: called(/twil\.io\/answer\?kind=number$/, header("content-type", "text/plain")),
  },
  {
    name: "an Asset has no ETag",
    kind: "another Function",
    shows: /^functions\.asset\.page\.html$/,
    open: called(/twil\.io\/page\.html$/, header("etag")),
  },
  ...switchDifferences,
];
