import { duration } from "./duration.mjs";

/** How often a step that takes long says so where no terminal shows it live, in milliseconds. */
const reminderMs = 20_000;

/**
 * Says what is done and how long it took, on standard error; silent as long as there is nothing to do.
 *
 * @param {{heading: string, ending: string}} [words]
 * @param {NodeJS.WriteStream} [out]
 */
export function openReport(words = { heading: "Setting up", ending: "Set up in" }, out = process.stderr) {
  const begin = Date.now();
  let begun = false;
  const heading = () => {
    if (!begun) out.write(`${words.heading}\n`);
    begun = true;
  };

  /**
   * @template Result
   * @param {string} title what is done: `dependencies (npm ci)`
   * @param {(progress: (text: string) => void) => Promise<Result>} work
   * @param {(result: Result) => string} [describe] what came of it
   */
  async function step(title, work, describe) {
    heading();
    const start = Date.now();
    let news = "";
    const line = () => `  ${[title, news, duration(Date.now() - start)].filter(Boolean).join(", ")}`;
    if (!out.isTTY) out.write(`  ${title} …\n`);
    const timer = setInterval(
      () => out.write(out.isTTY ? `\r\x1b[K${line().slice(0, out.columns - 1)}` : `${line()}\n`),
      out.isTTY ? 200 : reminderMs,
    );
    try {
      const result = await work((text) => (news = text));
      news = describe?.(result) ?? "";
      return result;
    } finally {
      clearInterval(timer);
      out.write(`${out.isTTY ? "\r\x1b[K" : ""}${line()}\n`);
    }
  }

  return {
    step,
    /**
     * One line beside the steps.
     *
     * @param {string} text
     */
    note: (text) => {
      heading();
      out.write(`  ${text}\n`);
    },
    /** Says how long all of it took, when there was anything. */
    end: () => {
      if (begun) out.write(`${words.ending} ${duration(Date.now() - begin)}\n\n`);
    },
  };
}
