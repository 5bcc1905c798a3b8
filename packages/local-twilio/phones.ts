/** What people do with their phones: messages they write and get, calls they make and take. */
import type { CarrierMessage, HandsetMessage, Twilio } from "./product.ts";
import { accountOfCall, callsOfHandset, findCall, liveCallsInQueues, type VoiceCall } from "./voice/calls.ts";
import { hangUp } from "./voice/ends.ts";
import { callNumber, decline, pickUp, press, speak, takeFromQueue } from "./voice/handset.ts";

export type { VoiceCall } from "./voice/calls.ts";

export interface Phones {
  /**
   * Somebody writes to a number of the account. Resolves when what it sets off is started.
   *
   * @throws TwilioError when the addresses cannot write to one another
   */
  write(from: string, to: string, body: string): Promise<CarrierMessage>;
  /** What a phone got, oldest first, whatever became of it. */
  inbox(address: string): readonly HandsetMessage[];
  /** Somebody calls a number of the account. */
  call(from: string, to: string): Promise<VoiceCall>;
  /** The calls of a phone, oldest first. */
  calls(address: string): readonly VoiceCall[];
  findCall(sid: string): VoiceCall | undefined;
  /** The calls that wait in a queue for somebody to take them, oldest first. */
  waiting(): readonly VoiceCall[];
  pickUp(call: VoiceCall): void;
  decline(call: VoiceCall): void;
  /** Somebody takes a call out of a queue. */
  take(call: VoiceCall, address: string): void;
  press(call: VoiceCall, keys: string): void;
  speak(call: VoiceCall, words: string): void;
  hangUp(call: VoiceCall): void;
}

/** The phones around a local Twilio. */
export function openPhones(twilio: Twilio): Phones {
  const { carrier } = twilio.services;
  const act = (sid: string, work: (account: Twilio) => void): void => {
    const account = accountOfCall(twilio, sid);
    account.store.transaction(() => work(account));
  };
  return {
    write: (from, to, body) => carrier.receive(from, to, body),
    inbox: (address) => carrier.handset(address).inbox,
    call: (from, to) => callNumber(twilio, from, to),
    calls: (address) => callsOfHandset(twilio, address),
    findCall: (sid) => findCall(twilio, sid),
    waiting: () => liveCallsInQueues(twilio),
    pickUp: (call) => act(call.sid, (account) => pickUp(account, call)),
    decline: (call) => act(call.sid, (account) => decline(account, call)),
    take: (call, address) => act(call.sid, (account) => void takeFromQueue(account, call, address)),
    press: ({ sid }, keys) => act(sid, (account) => press(account, sid, keys)),
    speak: ({ sid }, words) => act(sid, (account) => speak(account, sid, words)),
    hangUp: ({ sid }) => act(sid, (account) => void hangUp(account, sid)),
  };
}
