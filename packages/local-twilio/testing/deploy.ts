/** Deploys Functions through the REST API, call by call, as the Serverless Toolkit does. */
import { expect } from "vitest";
import { textOf } from "../json.ts";
import type { TestAnswer, TestTwilio } from "./local.ts";

export interface TestFunction {
  readonly path: string;
  readonly source: string;
  readonly visibility?: "public" | "protected" | "private";
}

export interface Deployed {
  readonly service: string;
  readonly environment: string;
  readonly domain: string;
  readonly build: string;
}

const host = "serverless.twilio.com/v1/Services";

/** A multipart form for the upload host. */
export function upload({ path, source, visibility = "public" }: TestFunction): FormData {
  const form = new FormData();
  form.set("Path", path);
  form.set("Visibility", visibility);
  form.set("Content", new Blob([source], { type: "application/javascript" }), "function.js");
  return form;
}

function sid({ status, body }: TestAnswer): string {
  expect(status).toBe(201);
  return textOf(body["sid"]);
}

/** A Build of Functions in a Service; it is `building` when this answers. */
export async function buildOf(
  local: TestTwilio,
  service: string,
  functions: readonly TestFunction[],
  parameters: Readonly<Record<string, string>> = {},
): Promise<TestAnswer> {
  const versions: string[] = [];
  for (const one of functions) {
    const holder = sid(await local.call("POST", `${host}/${service}/Functions`, { FriendlyName: one.path }));
    const url = `serverless-upload.twilio.com/v1/Services/${service}/Functions/${holder}/Versions`;
    versions.push(sid(await local.call("POST", url, upload(one))));
  }
  const [first = "", ...others] = versions;
  if (others.length === 0) {
    return local.call("POST", `${host}/${service}/Builds`, { FunctionVersions: first, ...parameters });
  }
  const form = new FormData();
  for (const version of versions) form.append("FunctionVersions", version);
  for (const [name, value] of Object.entries(parameters)) form.append(name, value);
  return local.call("POST", `${host}/${service}/Builds`, form);
}

/** Service, Environment, Functions, Build and Deployment, done. */
export async function deploy(
  local: TestTwilio,
  name: string,
  functions: readonly TestFunction[],
  dependencies: readonly { readonly name: string; readonly version: string }[] = [],
): Promise<Deployed> {
  const service = sid(await local.call("POST", host, { UniqueName: name, FriendlyName: name }));
  const created = await local.call("POST", `${host}/${service}/Environments`, {
    UniqueName: "dev",
    DomainSuffix: "dev",
  });
  const environment = sid(created);
  const Dependencies = JSON.stringify([{ name: "twilio", version: "6.2.0" }, ...dependencies]);
  const build = sid(await buildOf(local, service, functions, { Dependencies }));
  await local.twilio.idle();
  sid(
    await local.call("POST", `${host}/${service}/Environments/${environment}/Deployments`, {
      BuildSid: build,
    }),
  );
  return { service, environment, build, domain: textOf(created.body["domain_name"]) };
}
