// Fetches one file: `fetch-file.mjs <url> <file>`. Gives up quickly on a site that does not answer; what it prints
// last is how far it got, or why it stopped.
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { finished } from "node:stream/promises";

/** Until the first answer, and between two pieces of it, in milliseconds. */
const answerMs = 5_000;
const stallMs = 15_000;

const [url = "", file = ""] = process.argv.slice(2);
const { host } = new URL(url);
const given = new AbortController();
/** @param {string} why */
const giveUp = (why) => given.abort(new Error(why));
let timer = setTimeout(() => giveUp(`${host} does not answer`), answerMs);

try {
  const response = await fetch(url, { signal: given.signal });
  if (!response.ok || response.body === null) throw new Error(`${host} answered ${response.status}`);
  const total = Number(response.headers.get("content-length"));
  let have = 0;
  const body = Readable.fromWeb(response.body).on("data", (piece) => {
    have += piece.length;
    clearTimeout(timer);
    timer = setTimeout(() => giveUp(`${host} stopped sending`), stallMs);
    if (total > 0) console.log(`${Math.floor((100 * have) / total)} %`);
  });
  await finished(body.pipe(createWriteStream(file)));
  if (total > 0 && have !== total && !response.headers.has("content-encoding"))
    throw new Error("the download ended early");
} catch (error) {
  const { cause, message } = /** @type {Error & {cause?: {code?: string}}} */ (error);
  const reason = given.signal.aborted ? given.signal.reason.message : (cause?.code ?? message);
  console.log(/^E[A-Z_]+$/.test(reason) ? `${host} cannot be reached, ${reason}` : reason);
  process.exitCode = 1;
} finally {
  clearTimeout(timer);
}
