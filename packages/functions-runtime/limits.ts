/**
 * Every limit of Functions and Builds, in one place. Where Twilio has one it is Twilio's, with its source; the others are ours, so
 * that nothing that somebody uploads fills a memory or a disk. Sizes are in bytes.
 *
 * Without a source of its own: https://www.twilio.com/docs/serverless/functions-assets/functions/request-flow and
 * https://www.twilio.com/docs/serverless/functions-assets/functions/headers-and-cookies/limitations.
 */
export const limits = {
  request: 1024 * 1024,
  response: 4 * 1024 * 1024,
  /** The page on error 82008 still says 4 kB and 75; the page on limitations is the newer one. */
  headerBytes: 15 * 1024,
  headerCount: 90,
  /** Account, domain, path and Variables as JSON, https://www.twilio.com/docs/api/errors/82006 */
  context: 3 * 1024,
  /** Runs at once for each Service. */
  concurrent: 30,
  runMs: 10_000,
  /** Ours: what the console of one run keeps. */
  console: { lines: 1000, characters: 16_384 },
  /** Ours: the process that runs the Functions of one Environment. */
  process: {
    /** Megabytes of JavaScript objects, and bytes of everything. */
    heapMb: 512,
    memory: 1024 * 1024 * 1024,
    /** How long it may take to begin a run. One that is busy begins none: the run goes to a new process. */
    beginMs: 1000,
  },
  /** Ours: how long npm may take, and what the installed modules of Builds that nothing has deployed may take on the disk. */
  build: { installMs: 240_000, checkMs: 10_000, modules: 1024 * 1024 * 1024 },
} as const;

type Headers = Readonly<Record<string, string | readonly string[]>>;

/** What headers take on the wire, each value of a name that stands several times on its own line. */
export function headerLoad(headers: Headers): { readonly count: number; readonly bytes: number } {
  const lines = Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().map((value) => Buffer.byteLength(`${name}: ${value}\r\n`)),
  );
  return { count: lines.length, bytes: lines.reduce((sum, bytes) => sum + bytes, 0) };
}

/** Whether headers are more than Twilio lets through. */
export function tooManyHeaders(headers: Headers): boolean {
  const { count, bytes } = headerLoad(headers);
  return count > limits.headerCount || bytes > limits.headerBytes;
}
