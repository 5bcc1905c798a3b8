/** A template as its test walks it: conversations with stand-ins for Functions, and the promise that no way is left out. */
import { Coverage, engineAlone, play, textsOf, type Script } from "@support-line/conversation-test";
import { reportOf } from "@support-line/conversation-test/coverage";
import type { EngineWorldOptions } from "@support-line/conversation-test/engine";
import { advance, type EngineEvent, type FlowDefinition } from "@support-line/studio";
import { readFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";

export interface WalkedFlow {
  readonly definition: FlowDefinition;
  /** What a widget says. */
  readonly text: ReturnType<typeof textsOf>;
  /** A test that plays a script. */
  readonly conversation: (name: string, script: Script) => void;
  /** Goes through the Flow by events, for what no phone brings about; answers what the Flow wants done at last. */
  readonly goThrough: (
    conversation: Readonly<Record<string, string>>,
    ...events: EngineEvent[]
  ) => ReturnType<typeof advance>["effects"];
}

/**
 * Walks `flow-templates/<name>.json`. When the file's tests are over, every widget and every transition that a message can
 * reach has been walked, or the test file fails and names those that were not.
 *
 * @param functions stand-ins, by name
 */
export function walkedFlow(
  name: string,
  functions: NonNullable<EngineWorldOptions["functions"]>,
): WalkedFlow {
  const definition = JSON.parse(readFileSync(`flow-templates/${name}.json`, "utf8")) as FlowDefinition;
  const walked = new Coverage(name, definition);
  const world = engineAlone({ flow: name, definition, functions });

  afterAll(() => {
    const { widgets, transitions } = walked.summary().missed;
    expect([...widgets, ...transitions.map(({ widget, words }) => `${widget}: ${words}`)]).toEqual([]);
  });

  return {
    definition,
    text: textsOf(definition),
    conversation(title, script) {
      test(title, async ({ task }) => {
        await play(world, script, (coverage) => {
          walked.add(coverage.counts());
          // For the table at the end of the tests.
          (task.meta.flowCoverage ??= []).push(reportOf(coverage));
        });
      });
    },
    goThrough(conversation, ...events) {
      const start = {
        executionSid: "FN1",
        flowSid: "FW1",
        channelAddress: "CH1",
        contactAddress: "+15550100201",
        trigger: { conversation },
      };
      const coverage = new Coverage(name, definition);
      const first = { type: "started", trigger: "incomingConversationMessage", start } as const;
      let turn = advance(definition, null, first, { now: 0 });
      coverage.take(turn.trace);
      for (const event of events) {
        const [id = ""] = turn.effects.flatMap((effect) => ("id" in effect ? [effect.id] : []));
        turn = advance(definition, turn.execution, { ...event, id } as EngineEvent, { now: 0 });
        coverage.take(turn.trace);
      }
      walked.add(coverage.counts());
      return turn.effects;
    },
  };
}
