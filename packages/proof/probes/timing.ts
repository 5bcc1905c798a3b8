/** What comes before what, and how soon a change is seen. Spans are rough: how fast a network is says nothing of Twilio. */
import type { Seen } from "@support-line/local-twilio/proof";
import { fieldOf, listOf, textOf } from "../account.ts";
import { FixtureRefused } from "../fixtures.ts";
import type { Asked, Probe } from "../probe.ts";
import { deployed, record } from "./deployed.ts";
import { at, flowOf, keep, makeFlow, runFlow, state } from "./studio/flows.ts";

interface Asks {
  readonly id: string;
  readonly asks: string;
  readonly source: string;
  readonly ask: (asked: Asked) => Promise<Seen>;
}

/** How long a change may stay unseen, in seconds. */
const longest = 90;

/** How soon something holds: looked at once, then again and again. */
async function howSoon({ account }: Asked, holds: () => Promise<boolean>): Promise<Seen> {
  const began = performance.now();
  let looks = 0;
  const seen = await account.until(longest, async () => {
    looks += 1;
    return (await holds()) ? true : null;
  });
  if (seen === null) return `not within ${longest} s`;
  if (looks === 1) return "at the first look";
  const seconds = (performance.now() - began) / 1000;
  return `within ${[2, 10, 30, longest].find((each) => seconds <= each) ?? longest} s`;
}

const services = "conversations.twilio.com/v1/Services";

async function conversation({ account, prefix }: Asked, name: string): Promise<string> {
  const made = await account.make(services, { form: { FriendlyName: `${prefix}-${name}` } });
  if (made.status >= 300) throw new FixtureRefused("Conversations Service", made);
  const at = `${services}/${textOf(made.body, "sid")}/Conversations`;
  return `${at}/${textOf((await account.ask("POST", at, { form: { FriendlyName: name } })).body, "sid")}`;
}

const asks: readonly Asks[] = [
  {
    id: "flow.read",
    asks: "how soon a Flow that was made can be read",
    source: "https://github.com/RJPearson94/terraform-provider-twilio/issues/86",
    ask: async (asked) => {
      const flow = await makeFlow(asked, "soon", flowOf(keep("a", { x: "1" })));
      return howSoon(
        asked,
        async () => (await asked.account.ask("GET", `studio.twilio.com/v2/Flows/${flow}`)).status === 200,
      );
    },
  },
  {
    id: "flow.listed",
    asks: "how soon a Flow that was made is listed",
    source: "https://github.com/RJPearson94/terraform-provider-twilio/issues/86",
    ask: async (asked) => {
      const flow = await makeFlow(asked, "listed", flowOf(keep("a", { x: "1" })));
      return howSoon(asked, async () => {
        const { body } = await asked.account.ask("GET", "studio.twilio.com/v2/Flows?PageSize=50");
        return listOf(body, "flows").some((each) => textOf(each, "sid") === flow);
      });
    },
  },
  {
    id: "flow.revision",
    asks: "how soon a new revision is read",
    source: "https://github.com/RJPearson94/terraform-provider-twilio/issues/86",
    ask: async (asked) => {
      const flow = await makeFlow(asked, "revision", flowOf(keep("a", { x: "1" })));
      const url = `studio.twilio.com/v2/Flows/${flow}`;
      await asked.account.ask("POST", url, {
        form: { Status: "published", Definition: flowOf(keep("a", { x: "2" })) },
      });
      return howSoon(
        asked,
        async () => fieldOf((await asked.account.ask("GET", url)).body, "revision") === 2,
      );
    },
  },
  {
    id: "flow.runs",
    asks: "how soon a published revision is what an Execution runs",
    source: "https://www.twilio.com/docs/studio/subflows",
    ask: async (asked) => {
      const flow = await makeFlow(asked, "runs", flowOf(keep("a", { x: "1" })));
      const form = { Status: "published", Definition: flowOf(keep("a", { x: "2" })) };
      await asked.account.ask("POST", `studio.twilio.com/v2/Flows/${flow}`, { form });
      return howSoon(asked, async () => at((await runFlow(asked, flow)).context, "flow.variables.x") === "2");
    },
  },
  {
    id: "flow.draft-runs",
    asks: "whether a draft is what an Execution runs",
    source: "https://www.twilio.com/docs/studio/subflows",
    ask: async (asked) => {
      const flow = await makeFlow(asked, "draft", flowOf(keep("a", { x: "published" })));
      const form = { Status: "draft", Definition: flowOf(keep("a", { x: "draft" })) };
      await asked.account.ask("POST", `studio.twilio.com/v2/Flows/${flow}`, { form });
      return at((await runFlow(asked, flow)).context, "flow.variables.x") ?? "missing";
    },
  },
  {
    id: "variable.seen",
    asks: "how soon a changed Variable is what a Function reads",
    source: "https://www.twilio.com/docs/serverless/functions-assets/functions/variables",
    ask: async (asked) => {
      const functions = await deployed(asked);
      const variables = `serverless.twilio.com/v1/Services/${functions.service}/Environments/${functions.environment}/Variables`;
      const { body } = await asked.account.ask("GET", variables);
      const greeting = listOf(body, "variables").find((each) => textOf(each, "key") === "GREETING");
      await asked.account.ask("POST", `${variables}/${textOf(greeting, "sid")}`, {
        form: { Value: "changed" },
      });
      return howSoon(asked, async () => (await functions.call("/answer?kind=greeting")).text === "changed");
    },
  },
  {
    id: "message.listed",
    asks: "how soon a message of a Conversation is listed",
    source: "OpenAPI conversations v1",
    ask: async (asked) => {
      const place = await conversation(asked, "listed");
      const sent = await asked.account.ask("POST", `${place}/Messages`, { form: { Body: "hello" } });
      return howSoon(asked, async () =>
        listOf((await asked.account.ask("GET", `${place}/Messages`)).body, "messages").some(
          (each) => textOf(each, "sid") === textOf(sent.body, "sid"),
        ),
      );
    },
  },
  {
    id: "conversation.gone",
    asks: "how soon a deleted Conversation is gone",
    source: "OpenAPI conversations v1",
    ask: async (asked) => {
      const place = await conversation(asked, "gone");
      await asked.account.ask("DELETE", place);
      return howSoon(asked, async () => (await asked.account.ask("GET", place)).status === 404);
    },
  },
  {
    id: "webhook.scoped",
    asks: "how soon a webhook of a Conversation hears of a message after it",
    source: "https://www.twilio.com/docs/conversations-classic/api/conversation-scoped-webhook-resource",
    ask: async (asked) => {
      const place = await conversation(asked, "scoped");
      const recorder = await record(asked, "scoped");
      const form = {
        Target: "webhook",
        "Configuration.Url": recorder.url,
        "Configuration.Filters": ["onMessageAdded"],
      };
      await asked.account.ask("POST", `${place}/Webhooks`, { form });
      await asked.account.ask("POST", `${place}/Messages`, {
        form: { Body: "hello" },
        headers: { "X-Twilio-Webhook-Enabled": "true" },
      });
      const heard = await recorder.wait((all) => all.length > 0, 30);
      return heard.length > 0 ? "within 30 s" : "not within 30 s";
    },
  },
  {
    id: "webhook.replay",
    asks: "what a studio webhook with ReplayAfter does with messages that were there before",
    source: "https://www.twilio.com/docs/conversations-classic/api/conversation-scoped-webhook-resource",
    ask: async (asked) => {
      const place = await conversation(asked, "replay");
      const flow = await makeFlow(
        asked,
        "replay",
        flowOf(keep("a", { body: "{{trigger.conversation.Body}}" })),
      );
      for (const Body of ["first", "second"]) {
        await asked.account.ask("POST", `${place}/Messages`, {
          form: { Body },
          headers: { "X-Twilio-Webhook-Enabled": "true" },
        });
      }
      const form = { Target: "studio", "Configuration.FlowSid": flow, "Configuration.ReplayAfter": "0" };
      await asked.account.ask("POST", `${place}/Webhooks`, { form });
      const executions = await asked.account.until(5, async () => {
        const list = listOf(
          (await asked.account.ask("GET", `studio.twilio.com/v2/Flows/${flow}/Executions`)).body,
          "executions",
        );
        return list.length > 0 ? list : null;
      });
      return (executions ?? []).length;
    },
  },
  {
    id: "execution.answer",
    asks: "whether an Execution that only keeps values is over when its create is answered",
    source: "https://www.twilio.com/docs/studio/rest-api/v2/execution",
    ask: async (asked) => {
      const flow = await makeFlow(asked, "over", flowOf(keep("a", { x: "1" })));
      const { started } = await runFlow(asked, flow);
      return textOf(started.body, "status");
    },
  },
  {
    id: "execution.order",
    asks: "whether a Function is called before the widget after it is entered",
    source: "https://www.twilio.com/docs/studio/rest-api/v2/execution",
    ask: async (asked) => {
      const functions = await deployed(asked);
      const properties = {
        service_sid: functions.service,
        environment_sid: functions.environment,
        url: functions.url("/slow?ms=500"),
        parameters: [],
      };
      const flow = await makeFlow(
        asked,
        "waits",
        flowOf(
          state("run", "run-function", properties, { success: "after", fail: "" }),
          keep("after", { slept: "{{widgets.run.parsed.slept}}" }),
        ),
      );
      return at((await runFlow(asked, flow)).context, "flow.variables.slept") ?? "missing";
    },
  },
];

export const timingProbe: Probe = {
  name: "timing",
  part: "timing",
  matters: "whoever acts on what they just changed: a deployment, a roll-back, a test",
  questions: asks.map(({ id, asks: what, source }) => ({ id: `timing.${id}`, asks: what, source })),
  async run(asked) {
    for (const { id, ask } of asks) asked.saw(`timing.${id}`, await ask(asked));
  },
};
