/**
 * Where the sockets of a Function may go, loaded before any of its code: Twilio's hosts are led to the local Twilio, this machine
 * is reached, and every other host only where that is allowed. All clients (fetch, https, axios, got, node-fetch, undici) end at
 * these sockets. It guards against mistakes, not against malice.
 */
import dgram from "node:dgram";
import { isIP, Socket } from "node:net";
import { networkVariable, type Network } from "../network.ts";

export class LeavesMachine extends Error {
  readonly code = "ERR_LEAVES_MACHINE";

  constructor(where: string) {
    super(
      `a Function wants ${where}, which is another machine, and the local Twilio lets nothing go there unless it is started with --webhooks-leave-machine`,
    );
    this.name = "LeavesMachine";
  }
}

/** Where a connection goes instead; undefined: where it wants to. */
type Way = { readonly port: number } | LeavesMachine | undefined;

function wayOf(network: Network, host: string, port: number): Way {
  const name = host.toLowerCase().replace(/\.$/, "");
  if (new RegExp(network.twilio.hosts).test(name)) {
    const { secure, plain } = network.twilio;
    if (port === 443) return { port: secure };
    if (port === 80) return { port: plain };
    return new LeavesMachine(`${host}:${port}`);
  }
  return network.leavesMachine || isHere(name) ? undefined : new LeavesMachine(`${host}:${port}`);
}

function isHere(host: string): boolean {
  if (isIP(host) === 0) return host === "" || host === "localhost" || host.endsWith(".localhost");
  return /^(?:::ffff:)?127\./.test(host) || ["::1", "::", "0.0.0.0"].includes(host);
}

interface Connect {
  readonly host?: string;
  readonly port?: number | string;
  readonly path?: string | null;
}

function guard(network: Network): void {
  // Every way to connect passes through here, most of them with arguments that Node has sorted: [options, listener].
  // oxlint-disable-next-line typescript/unbound-method -- it is called with each socket as its own.
  const connect = Socket.prototype.connect as (this: Socket, ...words: unknown[]) => Socket;
  function guarded(this: Socket, ...words: unknown[]): Socket {
    const isSorted = Array.isArray(words[0]);
    const [options, listener] = isSorted ? (words[0] as [Connect, unknown]) : sorted(words);
    if (typeof options.path === "string" && options.path !== "") return connect.call(this, options, listener);
    const way = wayOf(network, options.host ?? "", Number(options.port));
    if (way === undefined) return connect.apply(this, words);
    if (way instanceof LeavesMachine) {
      process.nextTick(() => this.destroy(way));
      return this;
    }
    return connect.call(this, { ...options, host: "127.0.0.1", port: way.port }, listener);
  }
  Socket.prototype.connect = guarded;

  const { send, connect: bindTo } = dgram.Socket.prototype as unknown as Record<string, Datagram>;
  Object.assign(dgram.Socket.prototype, {
    send: refusing(network, send, (words) => words.slice(1).find((word) => typeof word === "string")),
    connect: refusing(network, bindTo, (words) => words[1]),
  });
}

type Datagram = (this: dgram.Socket, ...words: unknown[]) => unknown;

/** A datagram has no stand-in to go to. */
function refusing(
  network: Network,
  act: Datagram | undefined,
  hostIn: (words: readonly unknown[]) => unknown,
): Datagram {
  return function (...words) {
    const host = hostIn(words);
    if (typeof host !== "string" || isHere(host) || network.leavesMachine) return act?.apply(this, words);
    const error = new LeavesMachine(host);
    const last = words.at(-1);
    process.nextTick(() => {
      if (typeof last === "function") (last as (error: Error) => void)(error);
      else this.emit("error", error);
    });
    return undefined;
  };
}

/** `connect(options, listener?)`, `connect(path, listener?)`, `connect(port, host?, listener?)`. */
function sorted(words: readonly unknown[]): [Connect, unknown] {
  const [first, second] = words;
  const listener = words.findLast((word) => typeof word === "function");
  if (typeof first === "object" && first !== null) return [first, listener];
  if (typeof first === "string" && Number.isNaN(Number(first))) return [{ path: first }, listener];
  const host = typeof second === "string" ? { host: second } : {};
  return [{ port: Number(first), ...host }, listener];
}

const told = process.env[networkVariable];
// A thread of a Function shares nothing with it but this variable; what is loaded twice in one is guarded once.
const guardedKey = Symbol.for("support-line.functions.network");
if (told !== undefined && !(guardedKey in globalThis)) {
  Object.assign(globalThis, { [guardedKey]: true });
  guard(JSON.parse(told) as Network);
}
