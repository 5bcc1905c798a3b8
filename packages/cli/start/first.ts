/** The conversation that a project says is its first, `test/first-conversation.ts`: a script, as conversation tests play it. */
import { onLocalTwilio } from "@support-line/conversation-test/http";
import { play, type Script } from "@support-line/conversation-test/play";
import { allAgents, type Line, type Project } from "@support-line/stage";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Control } from "./control.ts";
import { StepError } from "./errors.ts";
import { failureIn } from "./hello.ts";

const file = "test/first-conversation.ts";

/**
 * Finds it; null where the project has none.
 *
 * @throws StepError when it cannot be loaded, or its default export is no script
 */
export async function firstConversation({ folder }: Project): Promise<Script | null> {
  const path = join(folder, file);
  if (!existsSync(path)) return null;
  const module = await import(pathToFileURL(path).href).then(
    (loaded: unknown) => loaded as { readonly default?: unknown },
    (error: unknown) => {
      const said = (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
      throw new StepError(file, `it does not load: ${said}`, { cause: error, exitCode: 2 });
    },
  );
  if (typeof module.default === "function") return module.default as Script;
  const way = "write it like const first: Script = async ({ customer }) => {…}; export default first";
  throw new StepError(file, `its default export is not a conversation; ${way}`, { exitCode: 2 });
}

/**
 * Plays it on a line that is deployed on a local Twilio: `customer`, `agent` for the line's first, and each agent by name.
 *
 * @returns what happened, line by line
 * @throws ConversationFailure with the transcript, StepError naming a widget that failed
 */
export async function playFirst(
  control: Control,
  script: Script,
  { line, customer, endpoint }: { readonly line: Line; readonly customer: string; readonly endpoint: string },
): Promise<string> {
  const agents = allAgents(line);
  const [agent] = agents;
  const before = await control.lastEvent();
  const world = onLocalTwilio({
    // It goes on running: whoever was shown a conversation writes from the phones.
    start: () => Promise.resolve({ endpoint, close: () => Promise.resolve() }),
    people: {
      ...Object.fromEntries(agents.map(({ name, address }) => [name, address])),
      ...(agent === undefined ? {} : { agent: agent.address }),
      customer,
    },
    line: line.address,
  });
  /** A widget that failed is why somebody heard something else. */
  const checkWidgets = async (because?: unknown) => {
    const failed = failureIn(await control.eventsAfter(before));
    if (failed === null) return;
    const heard = because instanceof Error ? `\n${because.message}` : "";
    throw new StepError(file, `${failed}${heard}`, { cause: because, exitCode: 1 });
  };
  let told: string;
  try {
    told = await play(world, script);
  } catch (error) {
    await checkWidgets(error);
    throw error;
  }
  await checkWidgets();
  return told;
}
