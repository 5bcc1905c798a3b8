/** Functions and Assets of the run's own, deployed as the Serverless Toolkit does it, and what they are called with. */
import type { Seen } from "@support-line/local-twilio/proof";
import { fieldOf, listOf, textOf, type Answer, type Request } from "../account.ts";
import { FixtureRefused } from "../fixtures.ts";
import type { Asked } from "../probe.ts";
import { sources, assets, type Visible } from "./functions/sources.ts";

export interface Deployed {
  readonly service: string;
  readonly environment: string;
  readonly domain: string;
  /** The Sync Service that the recorder writes into. */
  readonly sync: string;
  /** What the Build said when it was made, and when it was done. */
  readonly build: { readonly first: Answer; readonly done: Seen; readonly statuses: readonly string[] };
  readonly deployment: Answer;
  /** The Build that runs. */
  readonly buildSid: string;
  /** `https://…twil.io/echo` */
  url(path: string): string;
  /** Calls a Function as anybody may. */
  call(path: string, request?: Request & { readonly method?: string }): Promise<Answer>;
}

const api = "serverless.twilio.com/v1/Services";
const upload = "serverless-upload.twilio.com/v1/Services";

/** Deploys them once in a run. */
export function deployed(asked: Asked): Promise<Deployed> {
  return asked.fixtures.once("functions", () => deploy(asked));
}

async function deploy({ account, prefix }: Asked): Promise<Deployed> {
  const sync = await made(
    "Sync Service",
    account.make("sync.twilio.com/v1/Services", { form: { FriendlyName: `${prefix}-records` } }),
  );
  const name = `${prefix}-f`;
  const form = { UniqueName: name, FriendlyName: name, IncludeCredentials: "true" };
  const service = await made("Functions Service", account.make(api, { form }));
  const at = `${api}/${service}`;
  const place = await account.ask("POST", `${at}/Environments`, {
    form: { UniqueName: "proof", DomainSuffix: "proof" },
  });
  if (place.status >= 300) throw new FixtureRefused("Environment", place);
  const environment = textOf(place.body, "sid");
  const domain = textOf(place.body, "domain_name");
  for (const [Key, Value] of Object.entries({ SYNC: sync, GREETING: "hello" })) {
    await account.ask("POST", `${at}/Environments/${environment}/Variables`, { form: { Key, Value } });
  }
  const versionOf = async (
    kind: "Functions" | "Assets",
    path: string,
    { source, visibility, type }: Visible,
  ) => {
    const holder = textOf(
      (await account.ask("POST", `${at}/${kind}`, { form: { FriendlyName: path } })).body,
      "sid",
    );
    const body = new FormData();
    body.set("Path", path);
    body.set("Visibility", visibility);
    body.set("Content", new Blob([source], { type }), path.split("/").at(-1) ?? "file");
    const answer = await account.ask("POST", `${upload}/${service}/${kind}/${holder}/Versions`, {
      form: body,
    });
    if (answer.status >= 300) throw new FixtureRefused(path, answer);
    return textOf(answer.body, "sid");
  };
  const FunctionVersions: string[] = [];
  for (const [path, one] of Object.entries(sources)) {
    FunctionVersions.push(await versionOf("Functions", path, one));
  }
  const AssetVersions: string[] = [];
  for (const [path, one] of Object.entries(assets)) AssetVersions.push(await versionOf("Assets", path, one));
  const Dependencies = "[]";
  const first = await account.ask("POST", `${at}/Builds`, {
    form: { FunctionVersions, AssetVersions, Dependencies },
  });
  if (first.status >= 300) throw new FixtureRefused("Build", first);
  const buildSid = textOf(first.body, "sid");
  const statuses: string[] = [textOf(first.body, "status")];
  const done = await account.until(300, async () => {
    const { body } = await account.ask("GET", `${at}/Builds/${buildSid}`);
    const status = textOf(body, "status");
    if (statuses.at(-1) !== status) statuses.push(status);
    return status === "building" ? null : body;
  });
  const deployment = await account.ask("POST", `${at}/Environments/${environment}/Deployments`, {
    form: { BuildSid: buildSid },
  });
  if (deployment.status >= 300) throw new FixtureRefused("Deployment", deployment);
  const call: Deployed["call"] = (path, { method = "GET", ...request } = {}) =>
    account.ask(method, `${domain}${path}`, { credentials: "none", ...request });
  // A Deployment takes its time to be everywhere.
  await account.until(60, async () => ((await call("/echo")).status === 200 ? true : null));
  return {
    ...{ service, environment, domain, sync, buildSid, deployment },
    build: { first, done, statuses },
    url: (path) => `https://${domain}${path}`,
    call,
  };
}

async function made(what: string, asking: Promise<Answer>): Promise<string> {
  const answer = await asking;
  if (answer.status >= 300) throw new FixtureRefused(what, answer);
  return textOf(answer.body, "sid");
}

/** A request that the recorder kept. */
export interface Recorded {
  readonly parameters: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly signed: boolean;
}

/** Keeps requests in the order in which they come; `name` is a list of its own. */
export interface Recorder {
  /** Where they go. */
  readonly url: string;
  /** What came so far, oldest first. */
  read(): Promise<readonly Recorded[]>;
  /** What came, once so many did or the time is over. */
  wait(isEnough: (recorded: readonly Recorded[]) => boolean, seconds?: number): Promise<readonly Recorded[]>;
}

/** Opens one. */
export async function record(asked: Asked, name: string): Promise<Recorder> {
  const functions = await deployed(asked);
  const { account } = asked;
  const lists = `sync.twilio.com/v1/Services/${functions.sync}/Lists`;
  const list = await made("Sync List", account.ask("POST", lists, { form: { UniqueName: name } }));
  const read = async (): Promise<readonly Recorded[]> => {
    const { body } = await account.ask("GET", `${lists}/${list}/Items?PageSize=100`);
    const index = (item: Seen) => Number(fieldOf(item, "index") ?? 0);
    const items = [...listOf(body, "items")].sort((one, other) => index(one) - index(other));
    return items.map((item) => fieldOf(item, "data") as unknown as Recorded);
  };
  return {
    url: functions.url(`/record?list=${name}`),
    read,
    async wait(isEnough, seconds = 20) {
      let recorded: readonly Recorded[] = [];
      await account.until(seconds, async () => {
        recorded = await read();
        return isEnough(recorded) ? true : null;
      });
      return recorded;
    },
  };
}
