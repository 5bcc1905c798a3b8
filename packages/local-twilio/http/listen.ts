/** The server on loopback: plain HTTP, and an HTTPS proxy for Twilio's host names and no others. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { TwilioError } from "../errors.ts";
import type { RawRequest, RawResponse } from "../product.ts";
import { addressOf, isLoopback, isTwilioHost } from "./address.ts";
import type { CertificateAuthority } from "./certificates.ts";
import { refusal } from "./answer.ts";

/** Larger than the largest Asset (25 MB) with its multipart frame. */
const largestBody = 27 * 1024 * 1024;

export interface Handlers {
  /** A request to one of Twilio's hosts; null cuts the connection. */
  twilio(request: RawRequest): Promise<RawResponse | null>;
  /** A request below `/_local`. */
  control(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** The CA, made when the first TLS connection needs it. */
  authority(): Promise<CertificateAuthority>;
  readonly report: (error: unknown) => void;
}

export interface Listening {
  readonly port: number;
  /** Keeps the process alive no longer. */
  unref(): void;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1; port 0 takes a free one. Fails with `EADDRINUSE` when the port is taken. */
export async function listen(port: number, handlers: Handlers): Promise<Listening> {
  const tunnels = new WeakMap<Socket, string>();
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    answer(request, response, tunnels.get(request.socket) ?? null, handlers).catch((error: unknown) => {
      handlers.report(error);
      request.socket.destroy();
    });
  });
  server.keepAliveTimeout = 65_000;
  server.requestTimeout = 0;
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.on("connect", (request, socket, head) => {
    openTunnel(server, request, socket as Socket, head, tunnels, handlers).catch((error: unknown) => {
      handlers.report(error);
      socket.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    unref: () => void server.unref(),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** A CONNECT: TLS ends here for Twilio's hosts, everything else is refused, so that nothing leaves the machine. */
async function openTunnel(
  server: Server,
  request: IncomingMessage,
  socket: Socket,
  head: Buffer,
  tunnels: WeakMap<Socket, string>,
  handlers: Handlers,
): Promise<void> {
  socket.on("error", () => socket.destroy());
  const [host = "", port = "443"] = (request.url ?? "").toLowerCase().split(":");
  if (!isTwilioHost(host) || port !== "443") {
    const reason = `The local Twilio stands in for *.twilio.com and *.twil.io on port 443 only; ${host}:${port} is refused.\n`;
    socket.end(
      `HTTP/1.1 403 Forbidden\r\ncontent-type: text/plain\r\ncontent-length: ${Buffer.byteLength(reason)}\r\nconnection: close\r\n\r\n${reason}`,
    );
    return;
  }
  const [{ TLSSocket }, authority] = await Promise.all([import("node:tls"), handlers.authority()]);
  const fallback = await authority.contextFor(host);
  socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
  if (head.length > 0) socket.unshift(head);
  const secure = new TLSSocket(socket, {
    isServer: true,
    secureContext: fallback,
    ALPNProtocols: ["http/1.1"],
    SNICallback: (name, done) => {
      const wanted = isTwilioHost(name.toLowerCase()) ? name.toLowerCase() : host;
      authority.contextFor(wanted).then(
        (context) => done(null, context),
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
  secure.on("error", () => socket.destroy());
  tunnels.set(secure, host);
  server.emit("connection", secure);
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  tunnel: string | null,
  handlers: Handlers,
): Promise<void> {
  const address = addressOf(request.url ?? "/", tunnel, request.socket.localPort ?? 0);
  if (address.kind === "foreign") {
    return send(
      response,
      plain(403, `The local Twilio does not reach ${address.host}: nothing leaves this machine.\n`),
    );
  }
  const isAbsolute = /^https?:/i.test(request.url ?? "");
  if (tunnel === null && !isAbsolute && !isLoopback(request.headers.host ?? "")) {
    return send(response, plain(403, "The local Twilio answers to localhost and 127.0.0.1 only.\n"));
  }
  if (address.kind === "control") return handlers.control(request, response);
  if (address.kind === "none") {
    const example = "/api.twilio.com/2010-04-01/Accounts/AC….json";
    return send(
      response,
      plain(404, `This is a local Twilio. Put the host first, as in ${example}, or use it as a proxy.\n`),
    );
  }
  const body = await readBody(request);
  if (body === null) {
    return send(response, refusal(new TwilioError(20413, { limit: largestBody }), handlers.report));
  }
  const answered = await handlers.twilio({
    method: request.method ?? "GET",
    host: address.host,
    path: address.path,
    url: `https://${address.host}${address.path}`,
    headers: headersOf(request),
    body,
  });
  if (answered === null) request.socket.destroy();
  else send(response, answered);
}

/** The whole body, or null when it is too large. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= largestBody) chunks.push(chunk);
  }
  return length > largestBody ? null : Buffer.concat(chunks);
}

function headersOf(request: IncomingMessage): RawRequest["headers"] {
  const entries = Object.entries(request.headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return Object.fromEntries(entries);
}

function send(response: ServerResponse, { status, headers, body }: RawResponse): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.end(body);
}

function plain(status: number, text: string): RawResponse {
  return { status, headers: { "content-type": "text/plain;charset=utf-8" }, body: text };
}
