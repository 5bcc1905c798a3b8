/**
 * The server on loopback: plain HTTP, an HTTPS proxy for Twilio's host names and no others, and a port for connections that were
 * led here instead of to Twilio.
 */
import { limits } from "../limits.ts";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import {
  createServer as createNetServer,
  type AddressInfo,
  type Server as NetServer,
  type Socket,
} from "node:net";
import { TwilioError } from "../errors.ts";
import type { RawRequest, RawResponse } from "../product.ts";
import { addressOf, isLoopback, isTwilioHost } from "./address.ts";
import type { CertificateAuthority } from "./certificates.ts";
import { refusal } from "./answer.ts";

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
  /** A second port, opened when it is first asked for, that stands for port 443 of every host of Twilio's. */
  securePort(): Promise<number>;
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
      // Who hangs up before all is said is no problem of anybody's here.
      if (!request.destroyed) handlers.report(error);
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
  let isUnref = false;
  let led: Promise<NetServer> | undefined;
  const openSecurePort = async (): Promise<NetServer> => {
    const front = createNetServer((socket) => {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
      openLed(server, socket, tunnels, handlers).catch((error: unknown) => {
        handlers.report(error);
        socket.destroy();
      });
    });
    await new Promise<void>((resolve, reject) => {
      front.once("error", reject);
      front.listen(0, "127.0.0.1", resolve);
    });
    if (isUnref) front.unref();
    return front;
  };
  return {
    port: (server.address() as AddressInfo).port,
    async securePort() {
      return ((await (led ??= openSecurePort())).address() as AddressInfo).port;
    },
    unref() {
      isUnref = true;
      server.unref();
    },
    async close() {
      (await led?.catch(() => undefined))?.close();
      await new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        for (const socket of sockets) socket.destroy();
      });
    },
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
  const secure = await secured(socket, host, handlers);
  socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
  if (head.length > 0) socket.unshift(head);
  const { stream } = secure();
  tunnels.set(stream, host);
  server.emit("connection", stream);
}

/** A connection that was led here instead of to a host of Twilio's: which one, the client says as TLS begins. */
async function openLed(
  server: Server,
  socket: Socket,
  tunnels: WeakMap<Socket, string>,
  handlers: Handlers,
): Promise<void> {
  socket.on("error", () => socket.destroy());
  const secure = await secured(socket, "api.twilio.com", handlers);
  const { stream, host } = secure();
  stream.once("secure", () => {
    tunnels.set(stream, host());
  });
  server.emit("connection", stream);
}

/** Prepares TLS on a socket; what is answered begins it. `host` is meant where the client names none of Twilio's. */
async function secured(
  socket: Socket,
  host: string,
  handlers: Handlers,
): Promise<() => { readonly stream: Socket; readonly host: () => string }> {
  const [{ TLSSocket }, authority] = await Promise.all([import("node:tls"), handlers.authority()]);
  const fallback = await authority.contextFor(host);
  return () => {
    let meant = host;
    const stream = new TLSSocket(socket, {
      isServer: true,
      secureContext: fallback,
      ALPNProtocols: ["http/1.1"],
      SNICallback: (name, done) => {
        if (isTwilioHost(name.toLowerCase())) meant = name.toLowerCase();
        authority.contextFor(meant).then(
          (context) => done(null, context),
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        );
      },
    });
    stream.on("error", () => socket.destroy());
    return { stream, host: () => meant };
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  tunnel: string | null,
  handlers: Handlers,
): Promise<void> {
  const isAbsolute = /^https?:/i.test(request.url ?? "");
  // A connection to port 80 of a host of Twilio's that was led here.
  const named = (request.headers.host ?? "").toLowerCase().replace(/:80$/, "");
  const direct = tunnel ?? (!isAbsolute && isTwilioHost(named) ? named : null);
  const address = addressOf(request.url ?? "/", direct, request.socket.localPort ?? 0);
  if (address.kind === "foreign") {
    return send(
      response,
      plain(403, `The local Twilio does not reach ${address.host}: nothing leaves this machine.\n`),
    );
  }
  const isPrefixed = direct === null && !isAbsolute;
  if (isPrefixed && !isLoopback(request.headers.host ?? "")) {
    return send(response, plain(403, "The local Twilio answers to localhost and 127.0.0.1 only.\n"));
  }
  const { origin } = request.headers;
  if (isPrefixed && address.kind === "twilio" && origin !== undefined && !isLoopback(origin)) {
    const reason = `${origin} may not use this local Twilio: only pages from this machine may.\n`;
    return send(response, plain(403, reason));
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
    return send(response, refusal(new TwilioError(20413, { limit: limits.request.body }), handlers.report));
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
    if (length <= limits.request.body) chunks.push(chunk);
  }
  return length > limits.request.body ? null : Buffer.concat(chunks);
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
