/**
 * What the resources with code of their own begin with and become: their programs say more than a row does, files and
 * what other resources made.
 */
import { Asset } from "@support-line/provider/testing";
import type { Resource } from "@support-line/twilio-api";
import type { Sample } from "./sample.ts";
import { wireInputs, type World } from "./world.ts";

type Parents = Readonly<Record<string, string>>;
type Program = Parameters<World["engine"]["create"]>[1];

/** Two variants of a program, the first to create and the other to change to. */
export type Programs = readonly [Program, Program];

const source = (variant: number) =>
  `exports.handler = (context, event, callback) => callback(null, "${variant}");`;

const uploaded = (name: string, content: (variant: number) => string): Programs => [
  {
    friendlyName: name,
    path: `/${name}`,
    visibility: "public",
    content: new Asset({ text: content(0) }),
  },
  {
    friendlyName: `${name} renamed`,
    path: `/${name}-again`,
    visibility: "protected",
    content: new Asset({ text: content(1) }),
  },
];

const programs: Readonly<Record<string, (world: World, parents: Parents) => Promise<Programs>>> = {
  "twilio:serverless:Function": async () => uploaded("function", source),
  "twilio:serverless:Asset": async () => uploaded("asset", (variant) => `text ${variant}`),
  // A Build never changes: the second is the first, and what another one does is told apart.
  "twilio:serverless:Build": async (world, parents) => {
    const program = { functionVersions: [await functionVersion(world, parents, "built")], runtime: "node22" };
    return [program, program];
  },
  "twilio:serverless:Deployment": async (world, parents) => [
    { buildSid: await buildOf(world, parents, "one") },
    { buildSid: await buildOf(world, parents, "two") },
  ],
  "twilio:conversations:OrchestratorConfiguration": async (world) => {
    const program = {
      displayName: "line one",
      description: "as it was",
      conversationGroupingType: "GROUP_BY_PROFILE",
      memoryStoreId: await storeOf(world, "remembers"),
    };
    const { id: serviceId } = await world.engine.create("twilio:conversations:Service", {
      friendlyName: "line",
    });
    const bridged = {
      ...program,
      conversationsV1Bridge: { serviceId },
      channelSettings: { SMS: {}, RCS: {} },
    };
    return [bridged, { ...program, displayName: "line two", channelSettings: { SMS: {} } }];
  },
};

async function storeOf({ engine }: World, displayName: string): Promise<string> {
  return (await engine.create("twilio:memory:Store", { displayName }, false, displayName)).id;
}

/** The programs of a resource that its row does not make; undefined for all others. */
export function ownPrograms(world: World, row: Resource, parents: Parents): Promise<Programs> | undefined {
  return programs[row.token]?.(world, parents);
}

/** The same as a request of Twilio's client writes it: wire names and no files, which the client cannot upload. */
export async function ownWire(
  world: World,
  row: Resource,
  parents: Parents,
): Promise<Record<string, Sample> | undefined> {
  const { token } = row;
  if (token === "twilio:serverless:Build") {
    return { FunctionVersions: [await functionVersion(world, parents, "wire")], Runtime: "node22" };
  }
  if (token === "twilio:conversations:OrchestratorConfiguration") {
    return { ...wireInputs(row, 0), memoryStoreId: await storeOf(world, "for-the-client") };
  }
  return token === "twilio:serverless:Deployment"
    ? { BuildSid: await buildOf(world, parents, "wire") }
    : undefined;
}

async function functionVersion({ engine }: World, parents: Parents, name: string): Promise<string> {
  const program = {
    serviceSid: parents["ServiceSid"] ?? "",
    friendlyName: name,
    path: `/${name}`,
    visibility: "public",
    content: new Asset({ text: source(0) }),
  };
  const { outputs } = await engine.create("twilio:serverless:Function", program, false, name);
  const { versionSid } = outputs;
  return typeof versionSid === "string" ? versionSid : "";
}

async function buildOf(world: World, parents: Parents, name: string): Promise<string> {
  const functionVersions = [await functionVersion(world, parents, name)];
  const program = { serviceSid: parents["ServiceSid"] ?? "", functionVersions };
  return (await world.engine.create("twilio:serverless:Build", program, false, name)).id;
}
