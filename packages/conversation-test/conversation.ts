/** Conversations as tests of vitest. */
import { afterAll, test, type TestContext } from "vitest";
import { reportOf, type FlowCoverage } from "./coverage/report.ts";
import { play } from "./play.ts";
import type { Script } from "./scene.ts";
import type { WorldKind } from "./world.ts";

declare module "vitest" {
  interface TaskMeta {
    /** What a conversation walked of its Flow; the reporter adds it up over all test files. */
    flowCoverage?: FlowCoverage[];
  }
}

/** Registers a conversation as a test in each of its worlds. */
export type Conversation = (name: string, script: Script) => void;

/**
 * Where the conversations of a test file are played.
 *
 * @example
 * const conversation = conversationsOn(engineAlone({ flow: "support", definition, functions }));
 *
 * conversation("support brings the agent", async ({ customer, everyone }) => {
 *   await customer.says("support");
 *   await everyone.hears("Added support agent");
 * });
 */
export function conversationsOn(...kinds: readonly WorldKind[]): Conversation {
  afterAll(async () => {
    for (const kind of kinds) await kind.close?.();
  });
  return (name, script) => {
    for (const kind of kinds) {
      const title = kinds.length === 1 ? name : `${name}, ${kind.name}`;
      test(title, (context) => playIn(context, kind, script));
    }
  };
}

async function playIn({ task, annotate }: TestContext, kind: WorldKind, script: Script): Promise<void> {
  const differing: string[] = [];
  try {
    await play(
      kind,
      script,
      (coverage) => {
        (task.meta.flowCoverage ??= []).push(reportOf(coverage));
      },
      (difference) => differing.push(difference),
    );
  } finally {
    // Also of a test that is green: what it shows is not what the account does.
    for (const difference of differing) await annotate(difference, "difference");
  }
}
