/** The real Functions of a folder, run as Twilio runs them; what they ask of Twilio is answered here and written down. */
import {
  createFunctionsHost,
  deploymentFromFiles,
  signRequest,
  type FunctionResponse,
  type FunctionsHost,
} from "@support-line/functions-runtime";
import type { HttpResult } from "@support-line/studio";
import type { TwilioCall } from "../world.ts";
import { CapturedTwilio } from "./captured-twilio.ts";
import type { FunctionCall, FunctionsRunner } from "./options.ts";
import { accountSid } from "./sids.ts";

const authToken = "0".repeat(32);
const domainName = "functions-0000.twil.io";
/** Studio takes no larger answer, https://www.twilio.com/docs/studio/widget-library/run-function */
const mostBytes = 64 * 1024;

export interface RealFunctionsOptions {
  /** Variables of the Environment, as the stage sets them. */
  readonly variables?: Readonly<Record<string, string>>;
  /**
   * Answers what Functions ask of Twilio beyond Conversations and messages; undefined: 404 as Twilio says it.
   */
  readonly twilio?: (call: TwilioCall) => { readonly status: number; readonly body: object } | undefined;
}

/**
 * Runs the Functions of a folder. Their calls to Conversations act on the script's own Conversation; `twilio.calls()` of a
 * script has all of them. Nothing leaves the machine.
 *
 * @param folder absolute path, files named as Twilio's Serverless Toolkit names them
 */
export function functionsFrom(folder: string, options: RealFunctionsOptions = {}): FunctionsRunner {
  const host: FunctionsHost = createFunctionsHost();
  const captured = new CapturedTwilio(options.twilio ?? (() => undefined));
  let started: Promise<void> | undefined;
  const start = async (): Promise<void> => {
    const endpoint = await captured.start();
    const deployment = await deploymentFromFiles(folder, {
      accountSid,
      authToken,
      domainName,
      endpoint,
      variables: options.variables ?? {},
    });
    await host.deploy(deployment);
  };
  const run = async ({ name, parameters }: FunctionCall): Promise<HttpResult> => {
    await (started ??= start());
    const path = `/${name}`;
    const url = `https://${domainName}${path}`;
    const headers = {
      "content-type": "application/x-www-form-urlencoded",
      "x-twilio-signature": signRequest(authToken, url, parameters),
    };
    const body = Buffer.from(new URLSearchParams(parameters).toString());
    const { response } = await host.invoke(domainName, { method: "POST", path, url, headers, body });
    return resultOf(response);
  };
  return {
    begin() {
      const session = captured.session();
      return {
        run: (call, room) => {
          session.take(room);
          return run(call);
        },
        twilioCalls: () => session.calls(),
        end: () => session.end(),
      };
    },
    async close() {
      await host.close();
      await captured.stop();
    },
  };
}

function resultOf({ status, headers, body }: FunctionResponse): HttpResult {
  if (body.byteLength > mostBytes) return null;
  const plain = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  return {
    status,
    contentType: plain["content-type"] ?? "",
    body: new TextDecoder().decode(body),
    headers: plain,
  };
}
