/** What the doctor looks at in a stage's account: credentials, numbers, who else answers them, clocks. Only reads. */
import type { Project } from "@support-line/stage";
import type { Twilio } from "twilio";
import { readAnswering } from "../adopt/entries.ts";
import { answersOf } from "../adopt/which-line.ts";
import { docs } from "../docs.ts";
import { failureOf } from "../edge/failure.ts";
import { stageOutputs, stageSetting } from "../stage/outputs.ts";
import { stageClient } from "../stage/twilio-client.ts";
import { TwilioRefusal } from "../twilio/refusal.ts";
import { fine, unknown, wrong, type Check } from "./doctor-check.ts";
import { portCheck } from "./doctor-port.ts";
import { lastFour } from "./words.ts";

/** A signature or a token is refused when clocks are further apart. */
const mostApartMs = 60_000;

/**
 * Looks at a stage's account.
 *
 * @throws StageError when the stage's file has a fault
 */
export async function accountChecks(project: Project, name: string): Promise<Check[]> {
  const stage = project.stage(name);
  const outputs = await stageOutputs(name).catch((error: unknown) => failureOf(error).text ?? "");
  const endpoint =
    typeof outputs === "string" ? ((await stageSetting(name, "twilio:endpoint")) ?? "") : outputs.endpoint;
  const deployed =
    typeof outputs === "string"
      ? unknown("deployed", outputs, `npx pulumi up -s ${name}`)
      : fine("deployed", `${outputs.lines.length === 1 ? "one line" : `${outputs.lines.length} lines`}`);
  const port = endpoint === "" ? [] : [await portCheck(endpoint, stage.accountSid)];
  if (port.some(({ is }) => is === "wrong")) return [deployed, ...port];
  let client: Twilio;
  try {
    client = await stageClient(name, endpoint);
  } catch (error) {
    return [
      deployed,
      ...port,
      wrong(
        "credentials",
        failureOf(error).text ?? "",
        `What a key needs: ${docs}/how-to/at-night.md#what-a-key-needs`,
      ),
    ];
  }
  const { accountSid } = stage;
  const credentials = await credentialsCheck(client, accountSid, endpoint);
  if (credentials.is === "wrong") return [deployed, ...port, credentials];
  const flows = new Map(
    typeof outputs === "string" ? [] : outputs.lines.map((line) => [line.address, line.flowSid]),
  );
  return [
    deployed,
    ...port,
    credentials,
    ...(await numberChecks(client, accountSid, endpoint, stage.lines, flows)),
    ...(endpoint === "" ? [await clockCheck(client, accountSid)] : []),
  ];
}

/** Whose credentials they are and what for. An API key may not read the account itself: then a Flow's list says that it opens it. */
async function credentialsCheck(client: Twilio, accountSid: string, endpoint: string): Promise<Check> {
  const { TWILIO_API_KEY: key, TWILIO_API_SECRET: secret } = process.env;
  const whose =
    key !== undefined && secret !== undefined
      ? `API key ${key.slice(0, 6)}…${key.slice(-4)}`
      : "the account's auth token";
  const account = `account ${accountSid.slice(0, 6)}…${accountSid.slice(-4)}`;
  const where = endpoint === "" ? "" : ` on the local Twilio at ${endpoint}`;
  try {
    const { friendlyName, status } = await client.api.v2010.accounts(accountSid).fetch();
    return status === "active"
      ? fine("credentials", `${whose} opens ${account} (${friendlyName})${where}`)
      : wrong("credentials", `${account} is ${status}`, "See in the Console why, and have it opened again.");
  } catch (error) {
    if (!(error instanceof TwilioRefusal)) {
      const remedy =
        endpoint === ""
          ? "Check the network."
          : "npm start runs the local Twilio; see that nobody else has its port.";
      return wrong("credentials", failureOf(error).text ?? "", remedy);
    }
    try {
      await client.studio.v2.flows.list({ limit: 1 });
      return fine("credentials", `${whose} reads Flows of ${account}, and not the account itself${where}`);
    } catch {
      return wrong(
        "credentials",
        `${whose} does not open ${account}: ${error.message}`,
        "Set TWILIO_AUTH_TOKEN, or TWILIO_API_KEY and TWILIO_API_SECRET, of this account.",
      );
    }
  }
}

async function numberChecks(
  client: Twilio,
  accountSid: string,
  endpoint: string,
  lines: readonly { readonly name: string; readonly address: string; readonly proxies: readonly string[] }[],
  flows: ReadonlyMap<string, string>,
): Promise<Check[]> {
  try {
    const [{ configurations, numbers }, owned] = await Promise.all([
      readAnswering({ client, accountSid, endpoint }),
      client.incomingPhoneNumbers.list({ limit: 5000, pageSize: 1000 }),
    ]);
    const mine = new Set(owned.map(({ phoneNumber }) => phoneNumber));
    return lines.flatMap(({ name, address, proxies }): Check[] => {
      const missing = [...new Set([address, ...proxies])].filter(
        (each) => each.startsWith("+") && !mine.has(each),
      );
      const configuration = configurations.find((each) => each.address === address) ?? null;
      const number = numbers.find((each) => each.address === address) ?? null;
      const flow = flows.get(address);
      const answers = answersOf(accountSid, configuration, number);
      const elsewhere = configuration !== null && flow !== undefined && configuration.flowSid !== flow;
      return [
        missing.length === 0
          ? fine("numbers", `line ${name} has all of its numbers`)
          : wrong(
              "numbers",
              `line ${name}: ${missing.map(lastFour).join(", ")} ${missing.length === 1 ? "is" : "are"} not in this account`,
              "Buy or move the number, or name another in the stage file.",
            ),
        answers.length === 0
          ? unknown("webhooks", `line ${name}: nothing answers ${lastFour(address)}`, "Deploy the stage.")
          : elsewhere
            ? wrong(
                "webhooks",
                `line ${name}: ${answers.join(", and ")}, and the stage's Flow is ${flow}`,
                "Deploy the stage again, or take the other answer away in the Console.",
              )
            : answers.length > 1
              ? wrong(
                  "webhooks",
                  `line ${name}: two things answer ${lastFour(address)}: ${answers.join(", and ")}`,
                  "Remove one of the two in the Console: customers get two answers.",
                )
              : fine("webhooks", `line ${name}: ${answers.join("")}`),
      ];
    });
  } catch (error) {
    return [
      unknown(
        "numbers",
        failureOf(error).text ?? "",
        `Give the key what doctor reads: ${docs}/how-to/at-night.md#what-a-key-needs`,
      ),
    ];
  }
}

/** Twilio's clock stands in the Date of what it answers. */
async function clockCheck(client: Twilio, accountSid: string): Promise<Check> {
  try {
    const uri = `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages.json?PageSize=1`;
    const { headers } = (await client.request({ method: "get", uri })) as {
      readonly headers?: Readonly<Record<string, unknown>>;
    };
    const date = headers?.["date"];
    const theirs = typeof date === "string" ? Date.parse(date) : NaN;
    const apart = Math.abs(Date.now() - theirs);
    if (Number.isNaN(apart)) return unknown("clock", "Twilio's answer had no time", "Nothing to do.");
    return apart < mostApartMs
      ? fine("clock", "goes as Twilio's does")
      : wrong(
          "clock",
          `is ${Math.round(apart / 1000)} s away from Twilio's`,
          "Set this machine's clock: signatures and times of logs are wrong.",
        );
  } catch (error) {
    return unknown("clock", failureOf(error).text ?? "", "Give the key the reading of Messages.");
  }
}
