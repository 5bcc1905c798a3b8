/** Every widget type there is a file of. */
import type { Widget } from "../widget.ts";
import { makeHttpRequest } from "./make-http-request.ts";
import { runFunction } from "./run-function.ts";
import { sendAndWaitForReply } from "./send-and-wait-for-reply.ts";
import { sendMessage } from "./send-message.ts";
import { setVariables } from "./set-variables.ts";
import { splitBasedOn } from "./split-based-on.ts";
import { trigger } from "./trigger.ts";

const all = [
  trigger,
  sendMessage,
  sendAndWaitForReply,
  splitBasedOn,
  setVariables,
  runFunction,
  makeHttpRequest,
];

export const widgets: ReadonlyMap<string, Widget> = new Map(all.map((widget) => [widget.type, widget]));
