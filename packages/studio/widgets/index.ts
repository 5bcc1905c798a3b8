/** Every widget there is a file of, by the type that definitions name it with. */
import type { Widget } from "../widget.ts";
import { makeHttpRequest } from "./make-http-request.ts";
import { runFunction } from "./run-function.ts";
import { sendAndWaitForReply } from "./send-and-wait-for-reply.ts";
import { sendMessage } from "./send-message.ts";
import { setVariables } from "./set-variables.ts";
import { splitBasedOn } from "./split-based-on.ts";
import { trigger } from "./trigger.ts";

export const widgets = {
  "make-http-request": makeHttpRequest,
  "run-function": runFunction,
  "send-and-wait-for-reply": sendAndWaitForReply,
  "send-message": sendMessage,
  "set-variables": setVariables,
  "split-based-on": splitBasedOn,
  trigger,
} satisfies Record<string, Widget>;

export type WidgetType = keyof typeof widgets;

/** The widget of a type; undefined when there is no file of it. */
export function widgetOfType(type: string): Widget | undefined {
  return Object.hasOwn(widgets, type) ? widgets[type as WidgetType] : undefined;
}
