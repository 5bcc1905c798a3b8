/** Stands where Twilio's REST API would: writes down what Functions ask, and answers from the script's Conversations. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { TwilioCall } from "../world.ts";
import { answerConversations } from "./conversations-rest.ts";
import { answerFlex } from "./flex-rest.ts";
import type { Room } from "./room.ts";

export interface RestAnswer {
  readonly status: number;
  readonly body?: object;
}

/** A script's part: its Conversations, and the calls that concerned them. */
class Session {
  readonly rooms = new Map<string, Room>();
  readonly #end: (session: Session) => void;
  #calls: TwilioCall[] = [];

  constructor(end: (session: Session) => void) {
    this.#end = end;
  }

  take(room: Room): void {
    this.rooms.set(room.sid, room);
  }

  note(call: TwilioCall): void {
    this.#calls.push(call);
  }

  calls(): readonly TwilioCall[] {
    const fresh = this.#calls;
    this.#calls = [];
    return fresh;
  }

  end(): void {
    this.#end(this);
  }
}

export class CapturedTwilio {
  readonly #others: (call: TwilioCall) => RestAnswer | undefined;
  readonly #sessions = new Set<Session>();
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  constructor(others: (call: TwilioCall) => RestAnswer | undefined) {
    this.#others = others;
  }

  /** URL to use as a deployment's endpoint. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.#server.unref();
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  session(): Session {
    const session = new Session((ended) => this.#sessions.delete(ended));
    this.#sessions.add(session);
    return session;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { pathname, search } = new URL(request.url ?? "", "http://captured");
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    const call = {
      method: request.method ?? "",
      path: `${pathname.slice(1)}${search}`,
      form: Object.fromEntries(form),
    };
    // Calls that name no Conversation belong to the script that began last.
    const sessions = [...this.#sessions];
    const sid = /\/(CH[0-9a-f]{32})/.exec(pathname)?.[1];
    const session = sessions.find(({ rooms }) => sid !== undefined && rooms.has(sid)) ?? sessions.at(-1);
    session?.note(call);
    const rooms: ReadonlyMap<string, Room> = session?.rooms ?? new Map();
    const isAloud = request.headers["x-twilio-webhook-enabled"] === "true";
    const { status, body } =
      this.#others(call) ??
      answerConversations(call, form, rooms, isAloud) ??
      answerFlex(call, form, rooms) ??
      refused(404, 20404, `The requested resource /${pathname.slice(1)} was not found`);
    response.writeHead(status, { "content-type": "application/json" });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  }
}

/** A refusal in Twilio's words. */
export function refused(status: number, code: number, message: string): RestAnswer {
  return { status, body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status } };
}
