/** The Functions of a project, run as Twilio runs them, against a local Twilio in this process. */
import {
  createFunctionsHost,
  deploymentFromFiles,
  signRequest,
  type Invocation,
} from "@support-line/functions-runtime";
import { serviceSid, TestAccount } from "./test-account.ts";

export type { TestAccount, TestConversation } from "./test-account.ts";

const domainName = "support-line-0000.twil.io";
export const flowSid = `FW${"0".repeat(32)}`;
export const reattachUrl = `https://${domainName}/reattach-flow?line=support`;

/** Variables of a stage with one line, two agents on SMS and one on WhatsApp. */
export const stageVariables = {
  CONVERSATIONS_SERVICE_SID: serviceSid,
  INACTIVE_AFTER: "PT4H",
  CLOSED_AFTER: "P1D",
  SUPPORT_FLOW_SID: flowSid,
  SUPPORT_AGENTS: "+15550100101,whatsapp:+15550100102,+15550100103",
  SUPPORT_PROXIES: "+15550100001,+15550100002,whatsapp:+15550100001",
};

export interface RunningFunctions {
  readonly account: TestAccount;
  /** Calls a Function signed, as Twilio does. */
  call(name: string, parameters?: Readonly<Record<string, string>>): Promise<Called>;
  setVariables(variables: Readonly<Record<string, string>>): void;
  stop(): Promise<void>;
}

export interface Called {
  readonly status: number;
  /** JSON, or text. */
  readonly body: unknown;
  /** What it threw or called back as an error. */
  readonly error: string | undefined;
  /** What it printed with console.error; each line is JSON. */
  readonly complaints: readonly unknown[];
}

/**
 * Bundles and starts all Functions of a folder.
 *
 * @param folder absolute path
 */
export async function runFunctions(folder: string): Promise<RunningFunctions> {
  const account = await TestAccount.open();
  const { accountSid, authToken } = account.twilio;
  const host = createFunctionsHost();
  const { endpoint } = account;
  const options = { domainName, accountSid, authToken, endpoint, variables: stageVariables };
  await host.deploy(await deploymentFromFiles(folder, options));
  return {
    account,
    async call(name, parameters = {}) {
      const [path = "", query = ""] = `/${name}`.split("?");
      const url = `https://${domainName}${path}${query && `?${query}`}`;
      const headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-twilio-signature": signRequest(authToken, url, parameters),
      };
      const body = Buffer.from(new URLSearchParams(parameters).toString());
      return called(await host.invoke(domainName, { method: "POST", path, url, headers, body }));
    },
    setVariables: (variables) => host.setVariables(domainName, variables),
    async stop() {
      await host.close();
      await account.close();
    },
  };
}

function called({ response, error, logs }: Invocation): Called {
  const text = new TextDecoder().decode(response.body);
  const isJson = response.headers["content-type"] === "application/json";
  return {
    status: response.status,
    body: isJson ? (JSON.parse(text) as unknown) : text,
    error: error?.message,
    complaints: logs.map(({ message }) => JSON.parse(message) as unknown),
  };
}
