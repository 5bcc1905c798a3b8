/**
 * A call in text: what the Flow wants done on it, and what the people on it do. It behaves as a call in text of the local
 * Twilio does (docs/calls.md), so that a script tells the same on both.
 */
import type { CallEffect, CallEvent, JsonObject } from "@support-line/studio";
import { ConversationError } from "../errors.ts";
import type { Clock } from "./clock.ts";
import type { EnginePhone } from "./phone.ts";
import { accountSid, type Sids } from "./sids.ts";

/** What a call needs of the world around it. */
export interface CallHost {
  readonly clock: Clock;
  readonly sids: Sids;
  /** Tells the Execution, and resolves when all that follows has happened. */
  tell(
    event: CallEvent | { readonly type: "timedOut"; readonly id: string } | { readonly type: "stopped" },
  ): Promise<void>;
  /** The phones of people at an address. */
  phoneAt(address: string): EnginePhone | undefined;
}

const usualCard = 13;

export class EngineCall {
  readonly sid: string;
  readonly #host: CallHost;
  #phone: EnginePhone;
  readonly #from: string;
  readonly #to: string;
  #asked: CallEffect | null = null;
  #keys = "";
  #spoken: string[] = [];
  #ringing: EnginePhone[] = [];
  #connected: EnginePhone | null = null;
  #status: "ringing" | "in-progress" | "completed" = "in-progress";
  #forget: () => void = () => undefined;

  /** @param phone whose call it is: the caller, or whoever the Flow calls */
  constructor(host: CallHost, phone: EnginePhone, from: string, to: string) {
    this.sid = host.sids.next("CA");
    this.#host = host;
    this.#phone = phone;
    this.#from = from;
    this.#to = to;
    phone.call = this;
  }

  /** The parameters of a callback, https://www.twilio.com/docs/voice/twiml#request-parameters */
  parameters(more: JsonObject = {}): JsonObject {
    const { sid } = this;
    const direction = this.#phone.address === this.#from ? "inbound" : "outbound-api";
    return {
      AccountSid: accountSid,
      CallSid: sid,
      CallStatus: this.#status,
      Direction: direction,
      From: this.#from,
      To: this.#to,
      Caller: this.#from,
      Called: this.#to,
      ...more,
    };
  }

  ringsAt(phone: EnginePhone): boolean {
    return this.#ringing.includes(phone) || (this.#asked?.type === "enqueue" && phone !== this.#phone);
  }

  /** Starts what the Flow wants; answers what is over at once, null when it takes somebody or some time. */
  perform(effect: CallEffect): CallEvent | null {
    const { id } = effect;
    if (effect.type === "makeCall") {
      this.#status = "ringing";
      this.#ringing = [this.#phone];
      return this.#ask(effect, effect.timeoutSeconds);
    }
    switch (effect.type) {
      case "say":
        this.#hear(effect);
        return { type: "played", id };
      case "gather":
        this.#hear(effect);
        return this.#ask(effect, effect.timeoutSeconds);
      case "dial":
        this.#ringing = effect.to.flatMap((to) => this.#host.phoneAt(to) ?? []);
        return this.#ask(effect, effect.timeoutSeconds);
      case "enqueue":
        return this.#ask(effect, effect.timeoutSeconds);
      case "recordVoicemail":
        return this.#ask(effect, effect.timeoutSeconds);
      case "pay":
        return this.#ask(effect, effect.timeoutSeconds);
      case "recordCall": {
        const recording = { Sid: this.#host.sids.next("RE"), CallSid: this.sid };
        return { type: "recordingChanged", id, succeeded: true, recording };
      }
      case "stream":
        return { type: "streamChanged", id };
      case "virtualAgent":
        return {
          type: "agentEnded",
          id,
          outcome: "failed",
          call: this.parameters({ VirtualAgentStatus: "failed" }),
        };
      case "conversationRelay":
        return {
          type: "relayEnded",
          id,
          succeeded: false,
          call: this.parameters({ SessionStatus: "failed" }),
        };
      case "giveUpCall":
        return null;
    }
  }

  async pickUp(phone: EnginePhone): Promise<void> {
    const { id, type } = this.#expect("somebody to pick up", "makeCall", "dial", "enqueue");
    this.#ringing = [];
    if (type === "makeCall") {
      this.#status = "in-progress";
      await this.#answer({ type: "callAnswered", id, call: this.parameters() });
      return;
    }
    this.#forget();
    this.#connected = phone;
    phone.call = this;
  }

  async decline(phone: EnginePhone): Promise<void> {
    const { id, type } = this.#expect("somebody to decline", "makeCall", "dial");
    this.#ringing = this.#ringing.filter((each) => each !== phone);
    if (type === "makeCall") {
      await this.#answer({
        type: "callNotAnswered",
        id,
        outcome: "busy",
        call: this.parameters({ CallStatus: "busy" }),
      });
    } else if (this.#ringing.length === 0) {
      await this.#answer({ type: "dialEnded", id, call: this.parameters({ DialCallStatus: "busy" }) });
    }
  }

  async press(phone: EnginePhone, keys: string): Promise<void> {
    for (const key of keys) await this.#pressOne(phone, key);
  }

  async speak(phone: EnginePhone, words: string): Promise<void> {
    const other = this.#otherThan(phone);
    if (other !== null) {
      other.receive(words);
      return;
    }
    const asked = this.#expect("words", "gather", "recordVoicemail");
    if (asked.type === "recordVoicemail") {
      this.#spoken.push(words);
      this.#ask(asked, asked.timeoutSeconds, true);
      return;
    }
    const { id } = asked;
    await this.#answer({ type: "spoken", id, text: words, confidence: 1, call: this.parameters() });
  }

  async hangUp(phone: EnginePhone): Promise<void> {
    const asked = this.#asked;
    phone.call = null;
    if (phone === this.#connected && asked !== null) {
      this.#connected = null;
      await this.#answer(
        asked.type === "enqueue"
          ? {
              type: "dequeued",
              id: asked.id,
              outcome: "callComplete",
              call: this.parameters({ QueueResult: "bridged" }),
            }
          : {
              type: "dialEnded",
              id: asked.id,
              call: this.parameters({ DialCallStatus: "completed", DialBridged: "true" }),
            },
      );
      return;
    }
    this.#status = "completed";
    const recording = asked?.type === "recordVoicemail" && this.#spoken.length > 0 ? this.#recording() : {};
    this.over();
    if (asked?.type === "enqueue") {
      const call = this.parameters({ QueueResult: "hangup" });
      await this.#host.tell({ type: "dequeued", id: asked.id, outcome: "callComplete", call });
      return;
    }
    await this.#host.tell({ type: "hungUp", call: this.parameters(recording) });
    // Nothing on the call can be waited for any more; an Execution that has gone on takes no notice.
    if (asked !== null) await this.#host.tell({ type: "stopped" });
  }

  /** The call ends: the Flow is over, or somebody hung up. */
  over(): void {
    this.#status = "completed";
    this.#forget();
    this.#asked = null;
    this.#ringing = [];
    if (this.#phone.call === this) this.#phone.call = null;
    if (this.#connected?.call === this) this.#connected.call = null;
    this.#connected = null;
  }

  async #pressOne(phone: EnginePhone, key: string): Promise<void> {
    if (this.#otherThan(phone) !== null) return;
    const asked = this.#expect("keys", "gather", "recordVoicemail", "pay");
    const ends = asked.type === "pay" ? "#" : asked.finishOnKey;
    if (asked.type === "recordVoicemail") {
      if (ends === key || ends === "") await this.#recorded(asked.id, key);
      return;
    }
    if (key !== ends) this.#keys += key;
    const digits = this.#keys;
    const isFull = asked.type === "gather" && digits.length === asked.numberOfDigits;
    if (key !== ends && !isFull) {
      this.#ask(asked, asked.timeoutSeconds, true);
      return;
    }
    const { id } = asked;
    if (asked.type === "pay") {
      const isCard = digits.length >= usualCard;
      await this.#answer({
        type: "paid",
        id,
        outcome: isCard ? "success" : "maxFailedAttempts",
        call: this.parameters({ Result: isCard ? "success" : "too-many-failed-attempts" }),
      });
    } else if (digits === "") {
      await this.#answer({ type: "timedOut", id });
    } else {
      await this.#answer({
        type: "keysPressed",
        id,
        digits,
        call: this.parameters({ Digits: digits, msg: "Gather End" }),
      });
    }
  }

  /** What becomes of what was asked for when nobody does anything more. */
  async #tooLate(asked: CallEffect): Promise<void> {
    const { id } = asked;
    switch (asked.type) {
      case "gather":
        if (this.#keys !== "") {
          const digits = this.#keys;
          const call = this.parameters({ Digits: digits, msg: "Gather End" });
          return this.#answer({ type: "keysPressed", id, digits, call });
        }
        return this.#answer({ type: "timedOut", id });
      case "recordVoicemail":
        return this.#spoken.length > 0 ? this.#recorded(id, "") : this.#answer({ type: "timedOut", id });
      case "dial":
        return this.#answer({
          type: "dialEnded",
          id,
          call: this.parameters({ DialCallStatus: "no-answer" }),
        });
      case "makeCall": {
        const call = this.parameters({ CallStatus: "no-answer" });
        return this.#answer({ type: "callNotAnswered", id, outcome: "noAnswer", call });
      }
      case "enqueue":
        return this.#answer({ type: "dequeued", id, outcome: "failedToEnqueue", call: this.parameters() });
      case "pay":
        return this.#answer({ type: "paid", id, outcome: "maxFailedAttempts", call: this.parameters() });
      default:
    }
  }

  async #recorded(id: string, key: string): Promise<void> {
    const call = this.parameters({ ...this.#recording(), Digits: key });
    await this.#answer({ type: "recorded", id, call });
  }

  #recording(): JsonObject {
    const sid = this.#host.sids.next("RE");
    return {
      RecordingSid: sid,
      RecordingUrl: `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Recordings/${sid}`,
      RecordingDuration: "1",
      TranscriptionText: this.#spoken.join("\n"),
    };
  }

  #hear({ prompt }: Extract<CallEffect, { type: "say" | "gather" }>): void {
    if ("say" in prompt) this.#phone.receive(prompt.say);
    else this.#phone.receive("play" in prompt ? prompt.play : prompt.digits);
  }

  #ask(effect: CallEffect, seconds: number | null, goesOn = false): null {
    this.#forget();
    this.#asked = effect;
    if (!goesOn) {
      this.#keys = "";
      this.#spoken = [];
    }
    this.#forget =
      seconds === null || seconds <= 0
        ? () => undefined
        : this.#host.clock.in(seconds, () => this.#tooLate(effect));
    return null;
  }

  async #answer(event: CallEvent | { readonly type: "timedOut"; readonly id: string }): Promise<void> {
    this.#forget();
    this.#asked = null;
    this.#ringing = [];
    if (this.#connected?.call === this) this.#connected.call = null;
    this.#connected = null;
    await this.#host.tell(event);
  }

  #expect<Type extends CallEffect["type"]>(
    what: string,
    ...types: Type[]
  ): Extract<CallEffect, { type: Type }> {
    const asked = this.#asked;
    if (asked !== null && types.some((type) => type === asked.type)) {
      return asked as Extract<CallEffect, { type: Type }>;
    }
    throw new ConversationError("not-asked", { what, waits: asked?.type ?? "nothing" });
  }

  #otherThan(phone: EnginePhone): EnginePhone | null {
    if (this.#connected === null) return null;
    return phone === this.#connected ? this.#phone : this.#connected;
  }
}
