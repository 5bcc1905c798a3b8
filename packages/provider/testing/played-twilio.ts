import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { JsonMap } from "../values/value.ts";

/** A request as it came: the host that was meant, its path, and its form fields (the last of a name; `all` has each). */
export interface PlayedRequest {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string;
  readonly contentType: string;
  readonly text: string;
  readonly form: URLSearchParams;
}

/** What to answer: a status and a body, headers when they matter, or `drop` for a connection that breaks. */
export type PlayedAnswer =
  | {
      readonly status: number;
      readonly body?: JsonMap | string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | "drop";

type Play = (request: PlayedRequest, times: number) => PlayedAnswer;

/**
 * Plays Twilio for a test: an HTTP server at an endpoint that answers what the test says and notes what was asked. It
 * knows nothing of Twilio; what is not played is answered 404.
 */
export class PlayedTwilio {
  readonly requests: PlayedRequest[] = [];
  readonly #plays: { readonly call: string; readonly play: Play; times: number }[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<PlayedTwilio> {
    const server = createServer();
    const twilio = new PlayedTwilio(server);
    server.on("request", (request, response) => void twilio.#serve(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return twilio;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** @param call `POST serverless.twilio.com/v1/Services`; a later one for the same call goes first */
  on(call: string, answer: PlayedAnswer | Play): this {
    const play = typeof answer === "function" ? answer : () => answer;
    this.#plays.unshift({ call, play, times: 0 });
    return this;
  }

  /** The calls so far, `POST serverless.twilio.com/v1/Services`, and nothing more of them. */
  get calls(): string[] {
    return this.requests.map(({ method, host, path }) => `${method} ${host}${path}`);
  }

  forget(): void {
    this.requests.length = 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await read(incoming);
    // Whether this is a local Twilio is no call of Twilio's.
    if (request.host === "_local") {
      response.writeHead(404).end();
      return;
    }
    this.requests.push(request);
    const played = this.#plays.find(
      ({ call }) => call === `${request.method} ${request.host}${request.path}`,
    );
    if (played !== undefined) played.times++;
    const answer: PlayedAnswer = played?.play(request, played.times) ?? {
      status: 404,
      body: { code: 20404, message: "not played" },
    };
    if (answer === "drop") {
      incoming.socket.destroy();
      return;
    }
    const { status, body = {}, headers = {} } = answer;
    response.writeHead(status, {
      "content-type": "application/json",
      "twilio-request-id": "RQ1",
      ...headers,
    });
    response.end(status === 204 ? undefined : typeof body === "string" ? body : JSON.stringify(body));
  }
}

async function read(incoming: IncomingMessage): Promise<PlayedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  const url = new URL(incoming.url ?? "/", "http://localhost");
  const [, host = "", ...rest] = url.pathname.split("/");
  const contentType = incoming.headers["content-type"] ?? "";
  return {
    method: incoming.method ?? "",
    host,
    path: `/${rest.join("/")}`,
    query: url.searchParams,
    authorization: incoming.headers.authorization ?? "",
    contentType,
    text,
    form: new URLSearchParams(contentType.startsWith("application/x-www-form-urlencoded") ? text : ""),
  };
}
