/** Which widget somebody meant who wrote a type that Studio does not have. */
import { nearName } from "./advice/near-name.ts";
import { widgets } from "./widgets/index.ts";

/** Types that stand in files of real people and in tutorials, and that Studio's schema has never named. */
const aliases: Readonly<Record<string, string>> = {
  "capture-payment": "capture-payments",
  "connect-call": "connect-call-to",
  "conversation-relay": "run-conversation-relay",
  enqueue: "enqueue-call",
  flex: "send-to-flex",
  function: "run-function",
  gather: "gather-input-on-call",
  "gather-input": "gather-input-on-call",
  http: "make-http-request",
  "http-request": "make-http-request",
  "make-call": "make-outgoing-call-v2",
  "make-outgoing-call": "make-outgoing-call-v2",
  pay: "capture-payments",
  play: "say-play",
  record: "record-call",
  redirect: "add-twiml-redirect",
  say: "say-play",
  "send-and-wait": "send-and-wait-for-reply",
  "send-flex": "send-to-flex",
  "send-wait-reply": "send-and-wait-for-reply",
  "send-wait-for-reply": "send-and-wait-for-reply",
  "set-variable": "set-variables",
  sms: "send-message",
  split: "split-based-on",
  subflow: "run-subflow",
  "trigger-start": "trigger",
  "twiml-redirect": "add-twiml-redirect",
  voicemail: "record-voicemail",
};

/** Types for which there is no widget at all, and what people do instead. */
const without: Readonly<Record<string, string>> = {
  end: "Studio has no widget for an end: a transition without next ends the Flow",
  "hang-up": "Studio has no widget that hangs up: a transition without next ends the call",
  initialstate:
    "the Flow is in the format that Studio exported in 2018; import it into Studio's editor and export it again",
  hangup: "Studio has no widget that hangs up: a transition without next ends the call",
};

/** What is likely meant by a type that there is no widget of. */
export interface Likely {
  /** `likely meant: make-http-request`; empty when nobody can tell. */
  readonly words: string;
  /** Whether Studio is known not to have the type; otherwise Twilio may have added it yesterday. */
  readonly isMistake: boolean;
}

/** What somebody meant who wrote this type. */
export function likelyMeant(type: string): Likely {
  const written = type
    .trim()
    .toLowerCase()
    .replace(/[\s_/]+/g, "-");
  const instead = Object.hasOwn(without, written) ? without[written] : undefined;
  if (instead !== undefined) return { words: instead, isMistake: true };
  const alias = Object.hasOwn(aliases, written) ? aliases[written] : undefined;
  if (alias !== undefined) return { words: `likely meant: ${alias}`, isMistake: true };
  const near = nearName(written, Object.keys(widgets));
  const words = near === undefined ? "" : `likely meant: ${near}`;
  return { words, isMistake: near === written || !studioWrites.test(type) };
}

/** Small letters and digits, words with dashes between: what every type of Studio's looks like, but for two of one word. */
const studioWrites = /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/;
