import * as pulumi from "@pulumi/pulumi";
import { readStage, type Stage } from "./config.ts";

/**
 * The stage that this program runs for, from the stack's configuration.
 *
 * @throws StageError naming every fault in the stage file
 */
export function currentStage(): Stage {
  const prefix = `${pulumi.getProject()}:`;
  const values = Object.entries(pulumi.runtime.allConfig())
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, text]) => [key.slice(prefix.length), parsed(text)]);
  return readStage(pulumi.getStack(), Object.fromEntries(values) as Record<string, unknown>);
}

/** Pulumi hands over lists and maps as JSON text, and everything else as the text it is. */
function parsed(text: string): unknown {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
