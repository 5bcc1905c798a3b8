/**
 * Before any code of a Function, in every thread: it sends signals to nobody but its own process. Node's permission model says nothing
 * of signals, and a Function that ends its parent would end the local Twilio. It guards against mistakes, not against malice.
 */
const process_ = process as unknown as Record<
  "_kill" | "_debugProcess",
  (pid: number, signal: number) => number
>;

const refused = (pid: number): Error =>
  Object.assign(
    new Error(
      `A Function may not send a signal to process ${pid}: it may reach its own process alone (${process.pid})`,
    ),
    { code: "ERR_ACCESS_DENIED" },
  );

// What `process.kill` is made of.
const own = process_._kill;
process_._kill = (pid, signal) => {
  if (Number(pid) !== process.pid) throw refused(pid);
  return own.call(process, pid, signal);
};

// The signal that opens a debugger.
process_._debugProcess = (pid) => {
  throw refused(pid);
};
