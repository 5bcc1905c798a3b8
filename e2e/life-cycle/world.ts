/** What the life-cycle test runs on: a local Twilio, a provider behind real gRPC, and Twilio's own client. */
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { Engine } from "@support-line/provider/testing";
import { product, type Resource } from "@support-line/twilio-api";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import twilio, { type Twilio } from "twilio";
import { trustLocalTwilio } from "../foreign-client.ts";
import { givenInputs, naturalParents } from "./given.ts";
import { fullType, isSampled, sample, type Sample } from "./sample.ts";

/** One answer that a client got. */
export interface Answer {
  readonly method: string;
  readonly url: URL;
  readonly status: number;
  readonly body: unknown;
}

export interface World {
  readonly local: LocalTwilio;
  readonly engine: Engine;
  readonly client: Twilio;
  /** What the client was answered, oldest first. */
  readonly answers: Answer[];
  /** Concrete path parameters of a resource's parents, which are made when they are first asked for. */
  parentsOf(row: Resource): Promise<Record<string, string>>;
  /** What the answer to a create calls the resource, or what its operation made. */
  named(row: Resource, body: Readonly<Record<string, unknown>>): Promise<string>;
  /** A call over plain HTTP, for what stands around the resource under test. */
  send(method: string, host: string, path: string, body?: WireBody): Promise<Sent>;
  close(): Promise<void>;
}

export interface Sent {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

interface WireBody {
  readonly values: Readonly<Record<string, Sample>>;
  readonly json: boolean;
}

/** Starts the three of them. */
export async function startWorld(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), "life-cycle-"));
  const local = await startLocalTwilio({ folder, port: 0 });
  trustLocalTwilio(local);
  const answers: Answer[] = [];
  const httpClient = new twilio.RequestClient();
  const request = httpClient.request.bind(httpClient);
  httpClient.request = async (options) => {
    const response = await request(options);
    const { statusCode: status, body } = response;
    answers.push({ method: options.method.toUpperCase(), url: new URL(options.uri), status, body });
    return response;
  };
  const { accountSid, authToken } = local;
  const engine = await Engine.at(local, { accountSid, authToken, deletable: ["*"] });
  const client = twilio(accountSid, authToken, { httpClient });

  const send: World["send"] = async (method, host, path, body) => {
    const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
    const response = await fetch(`${local.endpoint}/${host}${path}`, {
      method,
      headers: { authorization, ...(body?.json === true && { "content-type": "application/json" }) },
      ...(body && { body: body.json ? JSON.stringify(body.values) : formOf(body.values) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${host}${path}: ${response.status} ${text}`);
    const { status } = response;
    return { status, body: text === "" ? {} : (JSON.parse(text) as Record<string, unknown>) };
  };

  const made = new Map<string, Promise<string>>();
  const parentsOf = async (row: Resource): Promise<Record<string, string>> => {
    const parents: Record<string, string> = {};
    for (const { name, sid } of row.parents) {
      const parent = parentRow(row, name);
      if (name === "AccountSid") parents[name] = accountSid;
      else if (parent === undefined) {
        parents[name] = naturalParents[name] ?? `${sid ?? "x"}${"1".padStart(32, "0")}`;
      } else parents[name] = await instanceOf(parent);
    }
    return parents;
  };
  const instanceOf = (row: Resource): Promise<string> => {
    const known = made.get(row.token) ?? make(row);
    made.set(row.token, known);
    return known;
  };
  const make = async (row: Resource): Promise<string> => {
    const { create } = row.operations;
    if (create === undefined) throw new Error(`${row.token} cannot be made to be a parent`);
    const values = wireInputs(row, 0);
    const path = filled(create.path, await parentsOf(row));
    const { body } = await send(create.method, row.host, path, { values, json: create.body === "json" });
    return named(row, body);
  };
  const named = async (row: Resource, body: Readonly<Record<string, unknown>>): Promise<string> => {
    const { statusUrl } = body;
    if (row.later === undefined || typeof statusUrl !== "string") return nameOf(row, body);
    const { host, pathname } = new URL(statusUrl);
    const operation = await send("GET", host, pathname);
    const part = (value: unknown, name: string): unknown =>
      typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
    const id = row.later.id.split(".").reduce<unknown>(part, operation.body);
    return typeof id === "string" ? id : "";
  };

  return {
    local,
    engine,
    client,
    answers,
    parentsOf,
    named,
    send,
    async close() {
      await engine.end();
      await local.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Values for a create (variant 0) or an update of it (variant 1), by wire name. */
export function wireInputs(row: Resource, variant: number): Record<string, Sample> {
  const given = givenInputs[row.token] ?? {};
  const values: Record<string, Sample> = {};
  for (const input of row.inputs) {
    const own = given[input.name];
    const value =
      own === undefined
        ? isSampled(input)
          ? sample(fullType(row, input), variant)
          : undefined
        : own[variant];
    if (
      value !== undefined &&
      value !== null &&
      (variant === 0 ? input.onCreate || row.operations.create === undefined : true)
    ) {
      values[input.name] = value;
    }
  }
  return values;
}

/** What the answer to a create calls the resource. */
function nameOf(row: Resource, body: Readonly<Record<string, unknown>>): string {
  const name = body[row.idProperty ?? "sid"];
  return typeof name === "string" || typeof name === "number" ? String(name) : "";
}

/** A path with its parameters in place. */
export function filled(template: string, parameters: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parameters[name] ?? ""));
}

function parentRow(row: Resource, parameter: string): Resource | undefined {
  const path = row.collectionPath ?? row.instancePath ?? "";
  const own = shapeless(path.slice(0, path.indexOf(`{${parameter}}`) + parameter.length + 2));
  return product(row.product).resources.find(
    ({ host, instancePath, idParameter, operations }) =>
      host === row.host &&
      idParameter !== null &&
      operations.create !== undefined &&
      instancePath !== null &&
      shapeless(instancePath) === own,
  );
}

function shapeless(path: string): string {
  return path.replace(/\{\w+\}/g, "{}").replace(/\.json$/, "");
}

function formOf(values: Readonly<Record<string, Sample>>): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      form.append(name, typeof item === "object" ? JSON.stringify(item) : String(item));
    }
  }
  return form;
}
