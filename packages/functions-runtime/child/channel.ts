/**
 * The connection to the host, taken out of reach of the Functions: they neither hear what it says nor speak in this process's
 * name by `process.send`. It guards against mistakes, not against malice.
 */
import type { FromChild, ToChild } from "./messages.ts";

/** Opens it; answers how to speak. */
export function openChannel(onMessage: (message: ToChild) => void): (message: FromChild) => void {
  const say = process.send?.bind(process);
  // Node opens the channel for whoever listens. Events that are the host's are given to no other listener.
  process.on("message", () => undefined);
  const emit = process.emit.bind(process) as (name: string | symbol, ...words: unknown[]) => boolean;
  const emitOthers = (name: string | symbol, ...words: unknown[]): boolean => {
    if (name !== "message") return emit(name, ...words);
    onMessage(words[0] as ToChild);
    return true;
  };
  Object.assign(process, { emit: emitOthers });
  Reflect.deleteProperty(process, "send");
  Reflect.deleteProperty(process, "disconnect");
  return (message) => {
    if (process.connected) say?.(message);
  };
}
