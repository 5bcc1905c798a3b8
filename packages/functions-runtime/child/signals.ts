/**
 * Before any code of a Function, in every thread: it sends signals to nobody but its own process. Node's permission model says nothing
 * of signals, and a Function that ends its parent would end the local Twilio. It guards against mistakes, not against malice.
 */
type Kill = typeof process.kill;

/** What reaches another process by its id: `kill`, what it is made of, and the signal that opens a debugger. */
const process_ = process as unknown as Record<"kill" | "_kill" | "_debugProcess", unknown>;
const own = process.kill.bind(process);

function refused(pid: number): Error {
  const error = new Error(
    `A Function may not send a signal to process ${pid}: it may reach its own process alone (${process.pid})`,
  );
  return Object.assign(error, { code: "ERR_ACCESS_DENIED" });
}

const kill: Kill = (pid, signal) => {
  if (Number(pid) !== process.pid) throw refused(pid);
  return own(pid, signal);
};

const refuse = (pid: number): never => {
  throw refused(pid);
};

// `process.kill` calls `_kill`: it keeps the one that is there for this process alone.
const inner = process_._kill as (pid: number, signal: number) => number;
process_._kill = (pid: number, signal: number) => {
  if (Number(pid) !== process.pid) throw refused(pid);
  return inner.call(process, pid, signal);
};
process_.kill = kill;
process_._debugProcess = refuse;
