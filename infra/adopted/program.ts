/** The program of adopted lines: the same things that were there, under the names that they have. */
import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";
import {
  firstNames,
  type Adopted,
  type AdoptedLine,
  type Line,
  type Project,
  type Stage,
} from "@support-line/stage";
import { givenOrder } from "@support-line/stage/order";
import { leftToOthers } from "@support-line/stage/left-to-others";
import { refusing } from "@support-line/stage/program";
import { boundFlow, lineValues } from "@support-line/stage/templates";
import { heedRemembered, readRemembered, Remembered } from "../remembered.ts";
import { adoptedFunctions, type DeclaredFunctions } from "./functions.ts";

/** What a stage says of itself, for commands and for people. */
export interface AdoptedOutputs {
  readonly lines: readonly {
    readonly name: string;
    readonly address: string;
    readonly flowSid: pulumi.Output<string>;
    /** Where it is not the stage's. */
    readonly conversationsServiceSid?: pulumi.Output<string>;
  }[];
  readonly conversationsServiceSid: pulumi.Output<string>;
  readonly functionsDomain: pulumi.Output<string> | string;
}

/**
 * Declares adopted lines. Everything stands at the top of the stack, with the provider of the stack's configuration:
 * an import file can name it so before anything of the stack is there.
 *
 * @throws TemplateError, StudioError when a template cannot be read or bound
 */
export async function adoptedLines(
  project: Project,
  stage: Stage,
  adopted: Adopted,
): Promise<AdoptedOutputs> {
  // What `stage rollback`, `pause` and `resume` put in place of what the code says, and what they left.
  const order = givenOrder(process.env);
  const known = await readRemembered();
  if (order === null) await heedRemembered(known);
  const conversations = new Map(
    Object.entries(adopted.conversations).map(
      ([name, values]) => [name, new twilio.conversations.Service(name, values)] as const,
    ),
  );
  const functions = new Map(
    Object.entries(adopted.functions).map(
      ([name, values]) => [name, adoptedFunctions(project, name, values, order)] as const,
    ),
  );
  const main = theFirst(conversations, firstNames.conversations);
  // Reading the stage has refused a line without a Service.
  if (main === undefined) throw new Error("nothing is adopted");
  const flows: Record<string, twilio.studio.Flow> = {};
  const lines = await Promise.all(
    stage.lines.map(async (line) => {
      const own = adopted.lines[line.name];
      const service = conversations.get(own?.conversations ?? "");
      if (own === undefined || service === undefined) throw new Error(`nothing is adopted as ${line.name}`);
      const run = own.functions === undefined ? null : (functions.get(own.functions) ?? null);
      const instead = order?.flows[line.name] ?? (order?.memory ?? known).paused[line.name];
      const flow = new twilio.studio.Flow(
        line.name,
        {
          ...own.flow,
          commitMessage: order?.flows[line.name]?.reason ?? `Deployed by Pulumi to ${stage.name}`,
          definition: instead?.definition ?? (await refusing(() => boundTemplate(project, stage, line, run))),
        },
        { dependsOn: run === null ? [] : run.deployment },
      );
      flows[line.name] = flow;
      entry(stage, line, own, flow.sid, service.sid);
      return {
        name: line.name,
        address: line.address,
        flowSid: flow.sid,
        ...(service === main ? {} : { conversationsServiceSid: service.sid }),
      };
    }),
  );
  const first = functions.get(firstNames.functions);
  const published = ({ deployment, variables }: DeclaredFunctions) => ({
    buildSid: deployment.buildSid,
    variables,
  });
  // What was adopted is what was there: right after the import a preview shows nothing new.
  if (!pulumi.runtime.isDryRun() || known.deployments.length > 0) {
    new Remembered("memory", {
      known,
      order,
      flows,
      ...(first === undefined ? { buildSid: "", variables: {} } : published(first)),
      others: Object.fromEntries(
        [...functions].flatMap(([name, each]) => (each === first ? [] : [[name, published(each)]])),
      ),
    });
  }
  return {
    lines,
    conversationsServiceSid: main.sid,
    functionsDomain: theFirst(functions, firstNames.functions)?.domainName ?? "",
  };
}

/** The Service that was the stage's first, or that is it now. */
function theFirst<Service>(services: ReadonlyMap<string, Service>, name: string): Service | undefined {
  return services.get(name) ?? [...services.values()][0];
}

async function boundTemplate(
  project: Project,
  stage: Stage,
  line: Line,
  functions: DeclaredFunctions | null,
) {
  const values = lineValues(stage, line, functions?.addresses ?? {}, undefined, functions?.assets ?? {});
  return boundFlow(stage, await project.template(line.flow), values).definition;
}

/**
 * The way in. One of the two answers at any time: a number's own webhook fires beside the Conversations that Twilio opens
 * (https://www.twilio.com/docs/conversations/inbound-autocreation), so the one is emptied where the other is there.
 */
function entry(
  { accountSid }: Stage,
  line: Line,
  { answeredBy, address, number }: AdoptedLine,
  flowSid: pulumi.Output<string>,
  conversationServiceSid: pulumi.Output<string>,
): void {
  const webhook = pulumi.interpolate`https://webhooks.twilio.com/v1/Accounts/${accountSid}/Flows/${flowSid}`;
  const configurations =
    answeredBy === "webhook"
      ? []
      : [
          new twilio.conversations.AddressConfiguration(line.name, {
            type: line.channel === "voice" ? "sms" : line.channel,
            address: line.address,
            ...(address.friendlyName === undefined ? {} : { friendlyName: address.friendlyName }),
            autoCreation: {
              enabled: true,
              type: "studio",
              conversationServiceSid,
              studioFlowSid: flowSid,
              ...(address.retryCount === undefined ? {} : { studioRetryCount: address.retryCount }),
            },
          }),
        ];
  if (number === undefined) return;
  new twilio.api.IncomingPhoneNumber(
    line.name,
    {
      phoneNumber: line.address,
      smsUrl: answeredBy === "webhook" ? webhook : "",
      ...(number.smsMethod === undefined ? {} : { smsMethod: number.smsMethod }),
      ...(number.smsFallbackUrl === undefined
        ? {}
        : { smsFallbackUrl: answeredBy === "webhook" ? number.smsFallbackUrl : "" }),
    },
    // Whichever way it is switched, the new answer is there before the old one goes: a message of that second is
    // answered twice and not by nobody. Pulumi deletes last by itself.
    { ignoreChanges: [...leftToOthers.number], retainOnDelete: true, dependsOn: configurations },
  );
}
