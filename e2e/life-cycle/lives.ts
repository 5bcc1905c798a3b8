/**
 * The life of resources, made of their rows alone, so that a new row is tested without a new test: once through the
 * provider's gRPC and once through Twilio's own Node client, both against the local Twilio over real HTTP.
 */
import { Secret } from "@support-line/provider/testing";
import { programInputs } from "@support-line/provider/testing/program-inputs";
import { matchRoute, type Resource } from "@support-line/twilio-api";
import { responseFaults } from "@support-line/twilio-api/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clientAt, clientParameters, methodOf } from "./node-client.ts";
import { filled, startWorld, wireInputs, type Answer, type World } from "./world.ts";
import { ownPrograms, ownWire } from "./own.ts";

let world: World;
/** Everything that the Node client has no method for. */
const withoutMethod: string[] = [];

/** What the lives left behind, for what a file asks after them. */
export interface Lived {
  readonly client: () => World["client"];
  /** Calls of the rows that the Node client has no method for. */
  readonly withoutMethod: readonly string[];
}

/** The tests of the lives of these rows; a file calls it once. */
export function livesOf(rows: readonly Resource[]): Lived {
  const cases = rows.map((row) => [row.token.slice("twilio:".length), row] as const);
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());

  describe("through the provider", () => {
    test.each(cases)("%s is created, read, imported, changed and deleted", async (_, row) => {
      const { engine } = world;
      const { token, operations } = row;
      const isReadable = operations.fetch !== undefined || operations.list !== undefined;
      const parents = await world.parentsOf(row);
      const above = programParents(row, parents);
      const own = await ownPrograms(world, row, parents);
      const first = { ...above, ...(own?.[0] ?? programInputs(row, wireInputs(row, 0))) };
      const { inputs, failures } = await engine.check(token, first);
      expect(failures).toEqual([]);
      const made = await engine.create(token, inputs);
      expect(made.id).not.toBe("");
      expect(openSecrets(row, made.outputs)).toEqual([]);

      const read = await engine.read(token, made);
      expect(read?.id).toBe(made.id);
      expect(read?.inputs).toEqual(inputs);
      expect(read?.outputs).toMatchObject(settled(made.outputs));
      expect(openSecrets(row, read?.outputs ?? {})).toEqual([]);

      const imported = await engine.read(token, { id: importId(row, parents, made.id) });
      expect(imported?.id).toBe(made.id);
      const again = await engine.check(token, imported?.inputs ?? {});
      expect(again.failures.filter(({ property }) => !isUnshown(row, property))).toEqual([]);
      const known = imported ?? made;
      const drift = await engine.diff(token, known, again.inputs);
      expect(drift.changes).toBe("none");
      const asMade = await engine.diff(token, known, inputs);
      const said = Object.keys(asMade.detailed).filter(
        // A Build shows what its dependencies came to, and a program that has none means none.
        (path) => row.token !== "twilio:serverless:Build" || path !== "dependencies",
      );
      if (isReadable) expect(said.filter((path) => !isUnshown(row, path))).toEqual([]);

      const changed = { ...first, ...(own?.[1] ?? programInputs(row, updated(row))) };
      const checked = await engine.check(token, changed);
      expect(checked.failures).toEqual([]);
      const difference = await engine.diff(token, made, checked.inputs);
      expect(difference.replaces).toEqual([]);
      let now = made;
      if (difference.changes === "some") {
        now = await engine.update(token, made, checked.inputs);
        const after = await engine.read(token, now);
        expect(after?.inputs).toEqual(checked.inputs);
        expect(after?.outputs).toMatchObject(settled(now.outputs));
      }
      await engine.delete(token, now);
      if (operations.delete !== undefined && isReadable) {
        expect(await engine.read(token, now)).toBeUndefined();
      }
      await engine.delete(token, now);
    });
  });

  describe("through Twilio's own client", () => {
    test.each(cases)("%s is created, fetched, changed, listed and deleted", async (_, row) => {
      const parents = await world.parentsOf(row);
      const given = (await ownWire(world, row, parents)) ?? wireInputs(row, 0);
      world.answers.length = 0;
      const { operations } = row;
      let id = "";
      if (operations.create !== undefined) {
        await call(row, "create", filled(operations.create.path, parents), given);
        id = await world.named(row, lastBody());
      }
      const path = { ...parents, ...(row.idParameter === null ? {} : { [row.idParameter]: id }) };
      if (operations.update) await call(row, "update", filled(operations.update.path, path), updated(row));
      if (operations.fetch) await call(row, "fetch", filled(operations.fetch.path, path));
      if (operations.list) await call(row, "list", filled(operations.list.path, parents));
      if (operations.delete) await call(row, "remove", filled(operations.delete.path, path));
      expect(world.answers.flatMap(faultsOf)).toEqual([]);
    });
  });
  return { client: () => world.client, withoutMethod };
}

/** Calls a method of the client where it has one; else over plain HTTP, and notes it. */
async function call(
  row: Resource,
  name: "create" | "fetch" | "update" | "list" | "remove",
  path: string,
  wire: Readonly<Record<string, never>> | ReturnType<typeof wireInputs> = {},
): Promise<void> {
  const operation = name === "remove" ? "delete" : name;
  const { method, body } = row.operations[operation] ?? { method: "GET" };
  // What is written in its place is a creation to the client where the document calls it one.
  const isPlaced = name === "update" && row.operations.create === undefined;
  const spoken = isPlaced ? [name, "create"] : method === "PATCH" ? ["patch"] : [name];
  const called = spoken.find((one) => clientAt(world.client, row, path, one) !== undefined) ?? name;
  const member = clientAt(world.client, row, path, called);
  const found = methodOf(member, called);
  if (member === undefined || found === undefined) {
    withoutMethod.push(`${row.token} ${name}`);
    const given =
      method === "GET" || method === "DELETE" ? undefined : { values: wire, json: body === "json" };
    const answer = await world.send(method, row.host, path, given);
    world.answers.push({ method, url: new URL(`https://${row.host}${path}`), ...answer });
    return;
  }
  if (name === "list") await found({ ...listQuery(row), limit: 5 });
  else if (name === "fetch" || name === "remove") await found();
  else await found(body === "json" ? wire : clientParameters(member, called, wire));
}

/** What a list demands: of which account. */
function listQuery(row: Resource): Record<string, string> {
  const required = row.operations.list?.query.filter((parameter) => parameter.required) ?? [];
  return Object.fromEntries(
    required.map(({ name }) => [name.slice(0, 1).toLowerCase() + name.slice(1), world.local.accountSid]),
  );
}

/** Outputs without what goes on by itself: a sender comes online. */
function settled(outputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => name !== "status"));
}

function lastBody(): Record<string, unknown> {
  const body: unknown = world.answers.at(-1)?.body;
  return (typeof body === "string" ? JSON.parse(body) : (body ?? {})) as Record<string, unknown>;
}

function faultsOf({ method, url, status, body }: Answer): string[] {
  const route = matchRoute(url.host, method, url.pathname);
  if (route === null || route === "methodNotAllowed") return [`${method} ${url.pathname} is not a path`];
  if (method === "DELETE") {
    const expected = route.resource.operations.delete?.status;
    return status === expected ? [] : [`${method} ${url.pathname} answers ${status}`];
  }
  const value: unknown = typeof body === "string" ? JSON.parse(body) : body;
  const { token } = route.resource;
  return responseFaults(token, route.operation, value, status).map(
    (fault) => `${token} ${route.operation}: ${fault}`,
  );
}

/** What an update says: of every input that it takes, another value. */
function updated(row: Resource): ReturnType<typeof wireInputs> {
  const taken = new Set(row.inputs.filter(({ onUpdate }) => onUpdate).map(({ name }) => name));
  return Object.fromEntries(Object.entries(wireInputs(row, 1)).filter(([name]) => taken.has(name)));
}

function programParents(row: Resource, parents: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    row.parents
      .filter(({ name }) => name !== "AccountSid")
      .map(({ name }) => [name.slice(0, 1).toLowerCase() + name.slice(1), parents[name] ?? ""]),
  );
}

function importId(row: Resource, parents: Readonly<Record<string, string>>, id: string): string {
  const above = row.parents
    .filter(({ name }) => name !== "AccountSid")
    .map(({ name }) => parents[name] ?? "");
  return row.idParameter === null && above.length > 0 ? above.join("/") : [...above, id].join("/");
}

/** Secrets that stand open in outputs, or are missing though Twilio shows them this once. */
function openSecrets(row: Resource, outputs: Readonly<Record<string, unknown>>): string[] {
  const once = new Set(row.shownOnce ?? []);
  return row.secretProperties.filter((name) => {
    const value = outputs[name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())] ?? null;
    return value === null ? once.has(name) : !(value instanceof Secret);
  });
}

/** Whether a path of a program's inputs is one that no response shows. */
function isUnshown(row: Resource, path: string): boolean {
  // There is no resource of an Asset Version's content, as there is of a Function Version's.
  if (row.token === "twilio:serverless:Asset" && path === "content") return true;
  const unshown = row.inputs.filter(({ property, secret }) => property === null || secret);
  return unshown.some(({ name }) => {
    const root = name.split(".").map((part) => part.toLowerCase().replaceAll("_", ""));
    const hidden = root.join(".");
    const given = path.toLowerCase();
    return given.startsWith(hidden) || hidden.startsWith(`${given}.`);
  });
}
