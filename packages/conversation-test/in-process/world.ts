/** A world in this process: phones around a local Twilio whose clock the script moves. */
import type { OpenedTwilio, TwilioEvent } from "@support-line/local-twilio";
import { unplayed, watchDifferences, type Difference } from "@support-line/local-twilio/proof";
import type { JsonObject } from "@support-line/studio";
import { z } from "zod";
import { differenceText } from "../account-differences.ts";
import { Coverage } from "../coverage/coverage.ts";
import { ConversationError } from "../errors.ts";
import type { Answering, Note, TwilioCall, World } from "../world.ts";
import type { Account } from "./account.ts";
import { usual, type EngineWorldOptions } from "./options.ts";
import { InProcessPhone } from "./phone.ts";
import { Rest } from "./rest.ts";
import { functionName, WorldStandIns } from "./stand-ins.ts";
import type { Lease } from "./twilios.ts";

const invoked = z.object({
  path: z.string(),
  status: z.number(),
  answer: z.object({ body: z.string() }),
});
const failed = z.object({ message: z.string() });
const notStarted = z.object({ reason: z.string() });
const warned = z.object({ code: z.number(), message: z.string() });
const undelivered = z.object({ to: z.string(), errorCode: z.number() });

export class InProcessWorld implements World {
  readonly name: string;
  readonly people: Readonly<Record<string, InProcessPhone>>;
  readonly functions: Answering;
  readonly http: Answering;
  readonly #options: EngineWorldOptions;
  readonly #lease: Lease;
  readonly #twilio: OpenedTwilio;
  readonly #account: Account;
  readonly #note: Note;
  readonly #executions: string[] = [];
  readonly #stop: (() => void)[];
  readonly #differences: string[] = [];
  #calls: TwilioCall[] = [];
  #errors: Error[] = [];

  private constructor(name: string, options: EngineWorldOptions, lease: Lease, note: Note) {
    this.name = name;
    this.#options = options;
    this.#lease = lease;
    this.#twilio = lease.twilio;
    this.#account = lease.account;
    this.#note = note;
    const { line = usual.line, people = usual.people } = options;
    this.people = Object.fromEntries(
      Object.entries(people).map(([person, address]) => [
        person,
        new InProcessPhone(person, address, line, lease.twilio.phones, this.#settled),
      ]),
    );
    const fail = (error: unknown): void => {
      this.#errors.push(error instanceof Error ? error : new Error(String(error)));
    };
    const behind = new WorldStandIns(options, {
      twilio: lease.twilio,
      account: lease.account,
      people: { line, addressOf: (person) => this.people[person]?.address ?? person },
      note,
      fail,
    });
    this.functions = behind.functions;
    this.http = behind.http;
    lease.setStandIns(behind.standIns, fail);
    const differs = (difference: Difference): void => {
      const said = differenceText(difference);
      this.#differences.push(said);
      note("account", said);
    };
    this.#stop = [
      watchDifferences(this.#twilio, options.as === undefined ? [] : unplayed(options.as), differs),
      this.#twilio.twilio.events.subscribe((event) => this.#hear(event)),
      this.#twilio.onRequest((request) => {
        const { "user-agent": agent } = request.headers;
        // What the local Twilio asks of itself, and this world, are no Functions.
        if (agent === undefined || agent === "TwilioProxy/1.1") return;
        const form = new URLSearchParams(Buffer.from(request.body).toString("utf8"));
        const path = `${request.host}${request.path}`;
        this.#calls.push({ method: request.method, path, form: Object.fromEntries(form) });
      }),
    ];
  }

  static open(name: string, options: EngineWorldOptions, lease: Lease, note: Note): InProcessWorld {
    return new InProcessWorld(name, options, lease, note);
  }

  failNextMessage(how: "refused" | "undelivered", code: number): void {
    this.#twilio.twilio.services.studio.failNextMessage(how, code);
  }

  differences(): readonly string[] {
    return this.#differences;
  }

  twilioCalls(): readonly TwilioCall[] {
    const fresh = this.#calls;
    this.#calls = [];
    return fresh;
  }

  async pass(seconds: number): Promise<void> {
    await this.#twilio.pass(seconds);
    await this.#settled();
  }

  /** @throws ConversationError `twilio-refused` when the customer is in an Execution already, as Twilio would */
  async request(parameters: JsonObject): Promise<void> {
    const { line = usual.line } = this.#options;
    const [first] = Object.values(this.people);
    await new Rest(this.#twilio).post(`studio.twilio.com/v2/Flows/${this.#account.flowSid}/Executions`, {
      To: (this.people["customer"] ?? first)?.address ?? "",
      From: line,
      Parameters: JSON.stringify(parameters),
    });
    await this.#settled();
  }

  covered(): Promise<readonly Coverage[]> {
    const { flow, definition } = this.#options;
    const coverage = new Coverage(flow ?? definition.description ?? "Flow", definition);
    for (const sid of this.#executions) {
      const steps = this.#twilio.twilio.services.studio.steps(sid) ?? [];
      coverage.take(steps as unknown as Parameters<Coverage["take"]>[0]);
    }
    return Promise.resolve([coverage]);
  }

  async close(): Promise<void> {
    for (const stop of this.#stop) stop();
    await this.#lease.release();
  }

  /**
   * Everything that follows has happened.
   *
   * @throws whatever went wrong on the way: what a stand-in threw, what nothing answers for, a Flow that cannot go on
   */
  #settled = async (): Promise<void> => {
    await this.#twilio.idle();
    const [error] = this.#errors;
    this.#errors = [];
    if (error !== undefined) throw error;
  };

  #hear({ type, sid, parent, data }: TwilioEvent): void {
    switch (type) {
      case "execution.started":
        if (parent === this.#account.flowSid) this.#executions.push(sid);
        return;
      case "execution.failed":
        this.#errors.push(new ConversationError("flow-failed", { problem: failed.parse(data).message }));
        return;
      case "execution.notStarted":
        this.#note("Studio", `does not start: ${notStarted.parse(data).reason}`);
        return;
      case "execution.warned": {
        const { code, message } = warned.parse(data);
        this.#note("Studio", `warns    ${code} ${message}`);
        return;
      }
      case "function.invoked": {
        const { path, status, answer } = invoked.parse(data);
        const said =
          answer.body === "" ? "" : ` ${answer.body.slice(0, 60)}${answer.body.length > 60 ? "…" : ""}`;
        this.#note("Function", `${functionName(path)} → ${status}${said}`);
        return;
      }
      case "message.failed":
      case "message.undelivered": {
        const { to, errorCode } = undelivered.parse(data);
        this.#note(
          "carrier",
          `${errorCode}: a message to ${to.slice(-4)} is ${type.slice("message.".length)}`,
        );
        return;
      }
      default:
    }
  }
}
