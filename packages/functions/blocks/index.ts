/** The blocks that `npx studio add` puts into a Flow. */
import { agents } from "./agents.ts";
import type { Block } from "./block.ts";
import { close } from "./close.ts";
import { flex } from "./flex.ts";
import { handOver } from "./hand-over.ts";
import { hours } from "./hours.ts";
import { languages } from "./languages.ts";
import { timers } from "./timers.ts";

export {
  conditionOf,
  onward,
  said,
  type Block,
  type BlockKey,
  type BlockPart,
  type BlockTransition,
  type BlockWidget,
  type BlockWord,
} from "./block.ts";
export { blockFunctions, functionText, type BlockFunction } from "./functions.ts";

export const blocks: readonly Block[] = [hours, agents, handOver, languages, timers, close, flex];
