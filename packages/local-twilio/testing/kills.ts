/**
 * A local Twilio that is killed in the middle of its work, again and again, on one folder. What it acknowledged before is there
 * when it comes up again: messages of handsets, of the REST API, of Conversations, and those that a Function sent. Everything is
 * drawn from a seed but how far the system has come when the kill arrives.
 */
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { defaultAccount } from "../account.ts";
import { randomNumbers } from "../http/disturbances.ts";

/** When the Function of a round is done: before the kill, never, or with its message acknowledged and its answer not given. */
export type FunctionEnds = "before" | "during" | "after";
const ends: readonly FunctionEnds[] = ["before", "during", "after"];

export interface KillsResult {
  readonly kills: number;
  readonly acknowledged: number;
  /** Acknowledged, and not there any more. */
  readonly lost: readonly string[];
  /** Processes of Functions that outlived the server by more than `patienceMs`. */
  readonly orphans: readonly string[];
  /** How many Functions ended in which way. */
  readonly functions: Readonly<Record<FunctionEnds, number>>;
}

const patienceMs = 60_000;
const account = `api.twilio.com/2010-04-01/Accounts/${defaultAccount.accountSid}`;
const authorization = `Basic ${Buffer.from(`${defaultAccount.accountSid}:${defaultAccount.authToken}`).toString("base64")}`;
const [line, withFunction, customer] = ["+15550100001", "+15550100002", "+15550100201"];

const source = `
exports.handler = async (context, event, callback) => {
  const say = (at, sid) => fetch(context.GATE + "/" + at + "?" + new URLSearchParams({ body: event.Body, sid }));
  await say("began", "");
  const client = context.getTwilioClient();
  const message = await client.messages.create({ from: event.To, to: event.From, body: "answer to " + event.Body });
  await say("sent", message.sid);
  callback(null, new Twilio.twiml.MessagingResponse());
};`;

type Json = Readonly<Record<string, unknown>>;

/** Calls that a Function makes on its way, each held until it is let go. */
class Gate {
  readonly #server = createServer((request, response) =>
    this.#heard(new URL(request.url ?? "/", "http://gate"), response),
  );
  readonly #waiting = new Map<string, (call: { sid: string; letGo: () => void }) => void>();

  async open(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /**
   * The call that the Function of a message makes at a place; it goes on once `letGo` is called.
   *
   * @throws Error where it makes none
   */
  async call(at: "began" | "sent", body: string): Promise<{ sid: string; letGo: () => void }> {
    const made = new Promise<{ sid: string; letGo: () => void }>((resolve) =>
      this.#waiting.set(`/${at} ${body}`, resolve),
    );
    const late = setTimeout(patienceMs, undefined, { ref: false });
    const call = await Promise.race([made, late]);
    if (call === undefined) throw new Error(`${body}: its Function is not heard of at "${at}"`);
    return call;
  }

  #heard({ pathname, searchParams }: URL, response: ServerResponse): void {
    const key = `${pathname} ${searchParams.get("body") ?? ""}`;
    const waiting = this.#waiting.get(key);
    this.#waiting.delete(key);
    // Nobody waits for it: a Function of a round that is over.
    if (waiting === undefined) return void response.end();
    waiting({ sid: searchParams.get("sid") ?? "", letGo: () => void response.end() });
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

class Server {
  readonly #child: ChildProcess;
  readonly endpoint: string;

  private constructor(child: ChildProcess, endpoint: string) {
    this.#child = child;
    this.endpoint = endpoint;
  }

  static async start(folder: string): Promise<Server> {
    const serve = join(import.meta.dirname, "../serve.ts");
    const child = spawn(process.execPath, [serve, "--port", "0", "--folder", folder], {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    let said = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-4_000)));
    const ended = once(child, "exit").then(() => [{}]);
    const [message] = (await Promise.race([once(child, "message"), ended])) as [
      { ready?: { endpoint: string } },
    ];
    if (message.ready === undefined) throw new Error(`the local Twilio did not start again:\n${said}`);
    return new Server(child, message.ready.endpoint);
  }

  async kill(): Promise<void> {
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await ended;
  }

  /** Its own children: the processes of Functions. */
  async functions(): Promise<number[]> {
    return (await processes()).filter(({ parent }) => parent === this.#child.pid).map(({ pid }) => pid);
  }

  /** A call that has to be acknowledged. */
  async call(method: string, url: string, body?: Readonly<Record<string, string>> | FormData): Promise<Json> {
    const answer = await this.ask(method, url, body);
    if (answer === undefined) throw new Error(`${method} ${url} was not answered`);
    return answer;
  }

  /** A call; undefined where the server was killed before its whole answer was here. */
  async ask(
    method: string,
    url: string,
    body?: Readonly<Record<string, string>> | FormData,
  ): Promise<Json | undefined> {
    const isControl = url.startsWith("_local/");
    const written =
      body instanceof FormData ? body : isControl ? JSON.stringify(body) : new URLSearchParams(body);
    let text: string;
    let status: number;
    try {
      const response = await fetch(`${this.endpoint}/${url}`, {
        method,
        headers: { authorization },
        ...(body === undefined ? {} : { body: written }),
      });
      status = response.status;
      text = await response.text();
    } catch {
      return undefined;
    }
    if (status >= 400) throw new Error(`${method} ${url} answered ${status}: ${text.slice(0, 300)}`);
    return JSON.parse(text || "{}") as Json;
  }
}

interface Process {
  readonly pid: number;
  readonly parent: number;
}

/** Every process that runs: one that has ended and that nobody has asked about is none. */
function processes(): Promise<Process[]> {
  return new Promise((resolve) => {
    execFile("ps", ["-axo", "pid=,ppid=,stat="], { maxBuffer: 16e6 }, (_error, stdout) => {
      const lines = stdout.split("\n").map((each) => each.trim().split(/\s+/));
      const running = lines.filter(([, , state = "Z"]) => !state.startsWith("Z"));
      resolve(running.map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent) })));
    });
  });
}

/** Resolves when none of these runs any more; those that still do when patience is over. */
async function ended(pids: readonly number[]): Promise<number[]> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const running = new Set((await processes()).map(({ pid }) => pid));
    const left = pids.filter((pid) => running.has(pid));
    if (left.length === 0 || performance.now() > until) return left;
    await setTimeout(50);
  }
}

const sidOf = (answer: Json): string => String(answer["sid"]);

/** A Service with one Function, and a number that it answers. Says where the Conversation is that is written to. */
async function furnish(server: Server, gate: string): Promise<string> {
  const services = "serverless.twilio.com/v1/Services";
  const service = `${services}/${sidOf(await server.call("POST", services, { UniqueName: "kills", FriendlyName: "kills" }))}`;
  const environment = await server.call("POST", `${service}/Environments`, {
    UniqueName: "dev",
    DomainSuffix: "dev",
  });
  const place = `${service}/Environments/${sidOf(environment)}`;
  await server.call("POST", `${place}/Variables`, { Key: "GATE", Value: gate });
  const holder = sidOf(await server.call("POST", `${service}/Functions`, { FriendlyName: "answer" }));
  const upload = new FormData();
  upload.set("Path", "/answer");
  upload.set("Visibility", "public");
  upload.set("Content", new Blob([source], { type: "application/javascript" }), "answer.js");
  const uploads = service.replace("serverless.", "serverless-upload.");
  const version = sidOf(await server.call("POST", `${uploads}/Functions/${holder}/Versions`, upload));
  const build = sidOf(await server.call("POST", `${service}/Builds`, { FunctionVersions: version }));
  await server.call("GET", "_local/v1/idle");
  await server.call("POST", `${place}/Deployments`, { BuildSid: build });
  const numbers = (await server.call("GET", `${account}/IncomingPhoneNumbers.json`))[
    "incoming_phone_numbers"
  ];
  const number = (numbers as Json[]).find((each) => each["phone_number"] === withFunction);
  await server.call("POST", `${account}/IncomingPhoneNumbers/${sidOf(number ?? {})}.json`, {
    SmsUrl: `https://${String(environment["domain_name"])}/answer`,
  });
  const conversations = "conversations.twilio.com/v1/Conversations";
  return `${conversations}/${sidOf(await server.call("POST", conversations, { FriendlyName: "kills" }))}`;
}

/** Kills a local Twilio of its own as often as is said. */
export async function playKills(
  seed: number,
  kills: number,
  progress: (text: string) => void = () => undefined,
): Promise<KillsResult> {
  const random = randomNumbers(seed);
  const below = (most: number) => Math.floor(random() * most);
  const folder = mkdtempSync(join(tmpdir(), "local-twilio-kills-"));
  const gate = new Gate();
  /** Where each message is that was acknowledged. */
  const acknowledged = new Set<string>();
  const lost: string[] = [];
  const orphans: string[] = [];
  const functions = { before: 0, during: 0, after: 0 };
  let server = await Server.start(folder);
  try {
    const conversation = await furnish(server, await gate.open());
    const own = (sid: string) => `${account}/Messages/${sid}.json`;
    /** One of the ways to write; answers where the message is. */
    const write = async (to: Server, body: string, way: number): Promise<string | undefined> => {
      if (way === 0) {
        const url = `_local/v1/handsets/${encodeURIComponent(customer)}/messages`;
        const made = await to.ask("POST", url, { to: line, body });
        return made && own(sidOf(made));
      }
      if (way === 1) {
        const made = await to.ask("POST", `${account}/Messages.json`, {
          From: line,
          To: customer,
          Body: body,
        });
        return made && own(sidOf(made));
      }
      const made = await to.ask("POST", `${conversation}/Messages`, { Author: "kills", Body: body });
      return made && `${conversation}/Messages/${sidOf(made)}`;
    };

    for (let round = 0; round < kills; round++) {
      const how = ends[round % ends.length] ?? "before";
      const current = server;
      const fresh = new Set<string>();
      const acknowledge = (place: string): void => {
        fresh.add(place);
        acknowledged.add(place);
      };
      // The Function of this round, held where it is to be when the kill comes.
      const body = `round ${round}`;
      const began = gate.call("began", body);
      const sent = how === "during" ? undefined : gate.call("sent", body);
      const url = `_local/v1/handsets/${encodeURIComponent(customer)}/messages`;
      const asked = current.ask("POST", url, { to: withFunction, body });
      const first = await began;
      let release = first.letGo;
      if (sent !== undefined) {
        first.letGo();
        const second = await sent;
        acknowledge(own(second.sid));
        release = second.letGo;
      }
      if (how === "before") {
        release();
        const made = await asked;
        if (made !== undefined) acknowledge(own(sidOf(made)));
      }
      functions[how] += 1;

      // Many write at once, and the kill comes after some of them have been answered.
      const writes = 8 + below(16);
      const killedAt = 1 + below(writes);
      const pids = await current.functions();
      let answered = 0;
      let killed: Promise<void> | undefined;
      await Promise.all(
        Array.from({ length: writes }, async (_, at) => {
          const place = await write(current, `${body}, message ${at}`, below(3));
          if (place === undefined) return;
          acknowledge(place);
          answered += 1;
          if (answered === killedAt) killed = current.kill();
        }),
      );
      await (killed ?? current.kill());
      release();
      await asked;
      for (const pid of await ended(pids)) orphans.push(`round ${round}: process ${pid}`);

      server = await Server.start(folder);
      // All of this round; once it was there after a kill, it is asked for again after the last one.
      for (const place of round === kills - 1 ? acknowledged : fresh) {
        const { status } = await fetch(`${server.endpoint}/${place}`, { headers: { authorization } });
        if (status !== 200) lost.push(`round ${round}, ${how}: ${place}`);
      }
      progress(`kill ${round + 1} of ${kills}`);
    }
    return { kills, acknowledged: acknowledged.size, lost, orphans, functions };
  } finally {
    await server.kill();
    gate.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
