/**
 * The world of the engine alone: one Flow, phones, a Conversation or two, a clock. Everything happens in this process and
 * at once, so that a script takes less than a millisecond.
 */
import {
  advance,
  type Effect,
  type EngineEvent,
  type Execution,
  type JsonObject,
  type TriggerEvent,
} from "@support-line/studio";
import { Coverage } from "../coverage/coverage.ts";
import type { Answering, Note, TwilioCall, World } from "../world.ts";
import { EngineCall } from "./call.ts";
import { Clock } from "./clock.ts";
import { Behind } from "./behind.ts";
import { handOver, type HandOver } from "./hand-over.ts";
import { closeWhenDue } from "./room-timers.ts";
import { usual, type EngineWorldOptions, type FunctionsSession } from "./options.ts";
import { EnginePhone, type Network } from "./phone.ts";
import { WhatsAppWindow } from "./whatsapp-window.ts";
import { Room, smsTold, type RoomMessage } from "./room.ts";
import { accountSid, flowSid, Sids } from "./sids.ts";

/** An Execution with what it is about. */
interface Run {
  execution: Execution;
  readonly contact: string;
  readonly address: string;
  room: Room | null;
  call: EngineCall | null;
  /** The message whose delivery may still fail. */
  sent: string | null;
}

type EffectOf<Type extends Effect["type"]> = Extract<Effect, { type: Type }>;

export class EngineWorld implements World, Network {
  readonly name: string;
  readonly people: Readonly<Record<string, EnginePhone>>;
  readonly #behind: Behind;
  readonly #options: EngineWorldOptions;
  readonly #note: Note;
  readonly #session: FunctionsSession;
  readonly #clock: Clock;
  readonly #sids = new Sids();
  readonly #coverage: Coverage;
  readonly #line: string;
  readonly #phones: readonly EnginePhone[];
  #runs: Run[] = [];
  #rooms: Room[] = [];
  readonly #window: WhatsAppWindow;
  #unheard: { readonly room: Room; readonly message: RoomMessage }[] = [];
  #failing: { readonly how: "refused" | "undelivered"; readonly code: number } | null = null;

  constructor(name: string, options: EngineWorldOptions, session: FunctionsSession, note: Note) {
    this.name = name;
    this.#options = options;
    this.#note = note;
    this.#session = session;
    this.#clock = new Clock(options.now ?? usual.now);
    this.#window = new WhatsAppWindow(this.#clock);
    this.#coverage = new Coverage(
      options.flow ?? options.definition.description ?? "Flow",
      options.definition,
    );
    this.#line = options.line ?? usual.line;
    const entries = Object.entries(options.people ?? usual.people);
    this.people = Object.fromEntries(
      entries.map(([person, address]) => [person, new EnginePhone(person, address, this)]),
    );
    this.#phones = Object.values(this.people);
    this.#behind = new Behind(options.http ?? {}, session, note, {
      line: this.#line,
      addressOf: (person) => this.people[person]?.address ?? person,
    });
  }

  get functions(): Answering {
    return this.#behind.functions;
  }

  get http(): Answering {
    return this.#behind.http;
  }

  failNextMessage(how: "refused" | "undelivered", code: number): void {
    this.#failing = { how, code };
  }

  twilioCalls(): readonly TwilioCall[] {
    return this.#session.twilioCalls();
  }

  async pass(seconds: number): Promise<void> {
    await this.#clock.pass(seconds);
    await this.#hearAll();
  }

  covered(): Promise<readonly Coverage[]> {
    return Promise.resolve([this.#coverage]);
  }

  close(): Promise<void> {
    this.#session.end();
    return Promise.resolve();
  }

  async text(phone: EnginePhone, body: string): Promise<void> {
    const { address } = phone;
    if (!this.#isConversational()) {
      const message = smsTold(this.#sids, { from: address, to: this.#line, body });
      const active = this.#active(address);
      if (active !== undefined) return this.#tell(active, { type: "replied", message });
      return this.#start(
        "incomingMessage",
        { contact: address, address, room: null, call: null },
        { message },
      );
    }
    const proxy = phone.writer ?? this.#line;
    const room = this.#roomOf(address, proxy);
    room.join(address, proxy);
    this.#window.open(address, proxy);
    await this.#hear(room, room.post(address, body));
    await this.#hearAll();
  }

  /** What happens to a message of a Conversation that its Flow hears of. */
  async #hear(room: Room, message: RoomMessage): Promise<void> {
    const conversation = room.told(message);
    const address = message.author;
    const active = this.#active(room.sid);
    if (active !== undefined) {
      return this.#tell(active, { type: "replied", message: conversation, conversation });
    }
    if (!room.startsFlow) return;
    const about = { contact: room.sid, address, room, call: null };
    return this.#start("incomingConversationMessage", about, { conversation });
  }

  /** Messages that Functions wrote meanwhile into Conversations of others, webhooks and all. */
  async #hearAll(): Promise<void> {
    for (let next = this.#unheard.shift(); next !== undefined; next = this.#unheard.shift()) {
      await this.#hear(next.room, next.message);
    }
  }

  async call(phone: EnginePhone): Promise<void> {
    const { address } = phone;
    const run = { call: null as EngineCall | null };
    const call = new EngineCall(
      this.#callHost(() => this.#runs.find((each) => each.call === run.call)),
      phone,
      address,
      this.#line,
    );
    run.call = call;
    const about = { contact: `call ${call.sid}`, address, room: null, call };
    await this.#start("incomingCall", about, { call: call.parameters() });
  }

  ringing(phone: EnginePhone): EngineCall | undefined {
    return this.#runs.flatMap(({ call }) => call ?? []).find((call) => call.ringsAt(phone));
  }

  async request(parameters: JsonObject): Promise<void> {
    const address = this.people["customer"]?.address ?? this.#phones[0]?.address ?? "";
    const active = this.#active(address);
    if (active !== undefined) this.#drop(active);
    await this.#start(
      "incomingRequest",
      { contact: address, address, room: null, call: null },
      { request: { from: this.#line, to: address, parameters } },
      parameters,
    );
  }

  #isConversational(): boolean {
    const { messages, definition } = this.#options;
    if (messages !== undefined) return messages === "conversation";
    const trigger = definition.states.find(({ name }) => name === definition.initial_state);
    const isWired = (event: TriggerEvent) =>
      trigger?.transitions.some((each) => each.event === event && Boolean(each.next)) ?? false;
    return isWired("incomingConversationMessage") || !isWired("incomingMessage");
  }

  #active(contact: string): Run | undefined {
    return this.#runs.find(
      (run) => run.execution.status === "active" && (run.contact === contact || run.room?.sid === contact),
    );
  }

  #drop(run: Run): void {
    this.#runs = this.#runs.filter((each) => each !== run);
  }

  /** The open Conversation that a pair of addresses is in, or the address, the last of them; or a new one. */
  #roomOf(address: string, proxy: string): Room {
    const open = this.#rooms.filter((room) => room.isOpen);
    return (
      open.findLast((room) => room.participantAt(address)?.proxy === proxy) ??
      open.findLast((room) => room.participantAt(address) !== undefined) ??
      this.#newRoom().autoCreated()
    );
  }

  #newRoom(): Room {
    const room = new Room(this.#sids, {
      now: () => new Date(this.#clock.now).toISOString(),
      deliver: (to, from, body, isTemplate = false) => {
        if (isTemplate || this.#window.lets(from, to)) this.#phoneAt(to)?.receive(body, from);
        else this.#note("carrier", `63016: ${to.slice(-4)} has not written to WhatsApp for a day`);
      },
      told: (of, message) => this.#unheard.push({ room: of, message }),
      touched: (of) => closeWhenDue(of, this.#clock),
    });
    this.#rooms.push(room);
    return room;
  }

  #phoneAt(address: string): EnginePhone | undefined {
    return this.#phones.find((phone) => phone.address === address);
  }

  async #start(
    trigger: TriggerEvent,
    about: Pick<Run, "contact" | "address" | "room" | "call">,
    context: JsonObject,
    data: JsonObject = {},
  ): Promise<void> {
    const { room, address } = about;
    const start = {
      executionSid: this.#sids.next("FN"),
      flowSid,
      channelAddress: room?.sid ?? this.#line,
      contactAddress: address,
      trigger: context,
      data,
    };
    await this.#go({ ...about, sent: null }, { type: "started", trigger, start });
  }

  /** Tells an Execution; what it wants done is done, until it waits for somebody or ends. */
  async #tell(run: Run, event: EngineEvent): Promise<void> {
    await this.#go(run, event);
  }

  async #go(about: Omit<Run, "execution"> & { execution?: Execution }, first: EngineEvent): Promise<void> {
    const { definition, switches = {}, subflows = () => undefined } = this.#options;
    let run: Run | undefined = about.execution === undefined ? undefined : (about as Run);
    for (let event: EngineEvent | null = first; event !== null;) {
      const turn = advance(definition, run?.execution ?? null, event, {
        now: this.#clock.now,
        switches,
        subflows,
      });
      this.#coverage.take(turn.trace);
      if (run === undefined) {
        run = Object.assign(about, { execution: turn.execution });
        this.#runs.push(run);
      } else {
        run.execution = turn.execution;
      }
      event = null;
      for (const effect of turn.effects) event = (await this.#perform(run, effect)) ?? event;
    }
  }

  #perform(run: Run, effect: Effect): Promise<EngineEvent | null> | EngineEvent | null {
    switch (effect.type) {
      case "sendMessage":
        return this.#send(run, effect);
      case "runFunction":
        return this.#behind.runFunction(effect, run.room ?? this.#newRoom());
      case "makeRequest":
        return this.#behind.makeRequest(effect);
      case "waitForReply":
        return this.#waitForReply(run, effect);
      case "sendToFlex":
      case "redirect":
      case "startConversation":
      case "resumeConversation":
        return handOver(this.#handOverHost(run), effect);
      case "warn":
        this.#note("Studio", `warns    ${effect.code} ${effect.message}`);
        return null;
      case "ended":
        run.call?.over();
        this.#drop(run);
        return null;
      default:
        return this.#onCall(run, effect);
    }
  }

  #send(run: Run, { id, from, to, body }: EffectOf<"sendMessage">): EngineEvent {
    const failing = this.#failing;
    if (failing?.how === "refused") {
      this.#failing = null;
      return { type: "messageFailed", id, error: { code: failing.code, message: "The message was refused" } };
    }
    run.sent = id;
    if (failing === null) {
      if (run.room === null) this.#phoneAt(to)?.receive(body, from);
      else run.room.post(from, body);
    }
    const message = {
      Sid: this.#sids.next(run.room === null ? "SM" : "IM"),
      AccountSid: accountSid,
      From: from,
      To: to,
      Body: body,
      Status: "queued",
      ...(run.room === null ? {} : { ConversationSid: run.room.sid, Author: from }),
    };
    return { type: "messageSent", id, message };
  }

  #waitForReply(run: Run, { id, seconds }: EffectOf<"waitForReply">): EngineEvent | null {
    const failing = this.#failing;
    if (failing !== null && run.sent !== null) {
      this.#failing = null;
      return {
        type: "messageFailed",
        id: run.sent,
        error: { code: failing.code, message: "The message was not delivered" },
      };
    }
    this.#clock.in(seconds, () => this.#tell(run, { type: "timedOut", id }));
    return null;
  }

  #onCall(
    run: Run,
    effect: Exclude<
      Effect,
      HandOver | EffectOf<"sendMessage" | "runFunction" | "makeRequest" | "waitForReply" | "warn" | "ended">
    >,
  ): EngineEvent | null {
    const { id, type } = effect;
    if (type === "makeCall") {
      const phone = this.#phoneAt(effect.to);
      if (phone === undefined) {
        const call = { CallStatus: "failed", From: effect.from, To: effect.to };
        return { type: "callNotAnswered", id, outcome: "failed", call };
      }
      run.call = new EngineCall(
        this.#callHost(() => run),
        phone,
        effect.from,
        effect.to,
      );
    }
    // Without a call nothing can be done on one: the Execution ends, as the local Twilio's does.
    if (run.call === null) return { type: "stopped" };
    if (type === "giveUpCall") {
      this.#note("call", "goes on by the Function's TwiML, without the Flow");
      return { type: "stopped" };
    }
    return run.call.perform(effect);
  }

  #handOverHost(run: Run): Parameters<typeof handOver>[0] {
    return {
      sids: this.#sids,
      clock: this.#clock,
      room: run.room,
      rooms: this.#rooms,
      newRoom: () => this.#newRoom(),
      moveTo: (room) => {
        run.room = room;
      },
      tell: (event) => this.#tell(run, event),
      taskEvent: (parameters) => this.#behind.taskEvent(this.#options.taskEvents, parameters, run.room),
      note: (words) => this.#note("Studio", words),
    };
  }

  #callHost(run: () => Run | undefined): ConstructorParameters<typeof EngineCall>[0] {
    return {
      clock: this.#clock,
      sids: this.#sids,
      phoneAt: (address) => this.#phoneAt(address),
      tell: async (event) => {
        const about = run();
        if (about?.execution.status === "active") await this.#tell(about, event);
      },
    };
  }
}
