/**
 * What a Twilio Function finds without importing anything, as types: `Runtime` and `Twilio`; and what its handler is given.
 * A line in the project, `functions/globals.d.ts`, brings them in: `import type {} from "@support-line/functions-runtime/globals";`. With it a plain handler passes `tsc`.
 * https://www.twilio.com/docs/serverless/functions-assets/functions/invocation
 */
import type TwilioLibrary from "twilio";

/** What a handler is called back with: an error, or an answer (a text, an object as JSON, TwiML, a `Twilio.Response`). */
export type Callback = (error?: unknown, answer?: unknown) => void;

/** `context`: the Variables of the Environment, and the way to Twilio. */
export type Context<Variables extends object = Record<string, string | undefined>> = Variables & {
  readonly ACCOUNT_SID?: string;
  readonly AUTH_TOKEN?: string;
  readonly DOMAIN_NAME: string;
  readonly PATH: string;
  readonly SERVICE_SID?: string;
  readonly ENVIRONMENT_SID?: string;
  /** The client of the account that the Function runs in. */
  getTwilioClient(options?: Parameters<typeof TwilioLibrary>[2]): TwilioLibrary.Twilio;
};

/** `event`: the parameters of the request, of its query and its form or JSON, and the request itself. */
export type Event<Parameters extends object = Record<string, string | undefined>> = Parameters & {
  readonly request: {
    readonly headers: Readonly<Record<string, string | undefined>>;
    readonly cookies: Readonly<Record<string, string | undefined>>;
  };
};

/** A Function's `handler`. */
export type Handler<
  Parameters extends object = Record<string, string | undefined>,
  Variables extends object = Record<string, string | undefined>,
> = (context: Context<Variables>, event: Event<Parameters>, callback: Callback) => unknown;

type HeaderValue = string | number | boolean | readonly string[];

/** `Twilio.Response`: an answer with a status, headers and cookies of its own. */
export declare class FunctionResponse {
  constructor(options?: {
    readonly statusCode?: number;
    readonly body?: unknown;
    readonly headers?: Readonly<Record<string, HeaderValue>>;
  });
  setStatusCode(statusCode: number): this;
  setBody(body: unknown): this;
  setHeaders(headers: Readonly<Record<string, HeaderValue>>): this;
  appendHeader(name: string, value: HeaderValue): this;
  setCookie(key: string, value: string, attributes?: readonly string[]): this;
  removeCookie(key: string): this;
}

interface FunctionFile {
  /** To be given to `require`, or read. */
  readonly path: string;
}

interface PrivateAsset extends FunctionFile {
  /** Its content as text. */
  open(): string;
}

declare global {
  /** https://www.twilio.com/docs/serverless/functions-assets/client */
  const Runtime: {
    /** The Functions of the Service, by path without the first slash. */
    getFunctions(): Readonly<Record<string, FunctionFile>>;
    /** The private Assets of the Service, by path. */
    getAssets(): Readonly<Record<string, PrivateAsset>>;
    /** Sync of the account; the default Service, unless another is named. */
    getSync(options?: {
      readonly serviceName?: string;
    }): ReturnType<TwilioLibrary.Twilio["sync"]["v1"]["services"]>;
  };
  /** The helper library, with `Response` beside it. */
  const Twilio: typeof TwilioLibrary & { readonly Response: typeof FunctionResponse };
}
