/** Deployments and requests for the tests of this package. */
import { createRequire } from "node:module";
import type { DeployedFile, Deployment, FunctionRequest, Invocation } from "../types.ts";

export const domain = "test.twil.io";
export const accountSid = "AC10ca1000000000000000000000000001";
export const authToken = "0123456789abcdef0123456789abcdef";

/** Folder that has `twilio` installed. */
export const withTwilio = createRequire(import.meta.url)
  .resolve("twilio/package.json")
  .replace(/\/node_modules\/.*$/, "");

/** A deployment of public files, by path; `/name.protected` and `/name.private` say otherwise. */
export function deploymentOf(
  functions: Readonly<Record<string, string>>,
  {
    assets = {},
    ...given
  }: { assets?: Readonly<Record<string, string>> } & Partial<Omit<Deployment, "functions" | "assets">> = {},
): Deployment {
  return {
    accountSid,
    authToken,
    serviceSid: "ZS1",
    environmentSid: "ZE1",
    domainName: domain,
    variables: {},
    modules: [],
    endpoint: null,
    ...given,
    functions: filesOf(functions),
    assets: filesOf(assets),
  };
}

function filesOf(sources: Readonly<Record<string, string>>): DeployedFile[] {
  return Object.entries(sources).map(([name, source], at) => {
    const [, path = name, visibility] = /^(.*?)\.(protected|private)$/.exec(name) ?? [];
    return {
      sid: `ZH${at}`,
      path,
      visibility: visibility === "protected" || visibility === "private" ? visibility : "public",
      content: Buffer.from(source),
    };
  });
}

export interface RequestParts {
  readonly method?: string;
  readonly query?: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly body?: string;
  readonly headers?: FunctionRequest["headers"];
}

/** A POST of a form, unless its parts say otherwise. */
export function requestOf(path: string, parts: RequestParts = {}): FunctionRequest {
  const { method = "POST", query = "", form = {}, json, headers = {} } = parts;
  const type = json === undefined ? "application/x-www-form-urlencoded" : "application/json";
  const body =
    parts.body ?? (json === undefined ? new URLSearchParams(form).toString() : JSON.stringify(json));
  return {
    method,
    path,
    url: `https://${domain}${path}${query}`,
    headers: { "content-type": type, ...headers },
    body: Buffer.from(body),
  };
}

/** Body of an answer as text. */
export function textOf({ response }: Pick<Invocation, "response">): string {
  return new TextDecoder().decode(response.body);
}

/** Source of a Function that calls back with an expression. */
export function answering(expression: string): string {
  return `exports.handler = (context, event, callback) => callback(null, ${expression});`;
}
