/** Every rule of advice there is a file of, in the order in which a reader of a Flow would ask. */
import { branchNeverMatches } from "./rules/branch-never-matches.ts";
import { brokenTemplate } from "./rules/broken-template.ts";
import { danglingFailure } from "./rules/dangling-failure.ts";
import { loopWithoutAnswer } from "./rules/loop-without-answer.ts";
import { loopWithoutWait } from "./rules/loop-without-wait.ts";
import { missingFunction } from "./rules/missing-function.ts";
import { optOutKeyword } from "./rules/opt-out-keyword.ts";
import { phoneNumberInFlow } from "./rules/phone-number-in-flow.ts";
import { retiredWidget } from "./rules/retired-widget.ts";
import { secretInFlow } from "./rules/secret-in-flow.ts";
import { shadowedBranch } from "./rules/shadowed-branch.ts";
import { stuckCounter } from "./rules/stuck-counter.ts";
import { transitionToNowhere } from "./rules/transition-to-nowhere.ts";
import { unknownTriggerVariable } from "./rules/unknown-trigger-variable.ts";
import { unknownWidgetVariable } from "./rules/unknown-widget-variable.ts";
import { unreachableWidget } from "./rules/unreachable-widget.ts";
import { variableNeverSet } from "./rules/variable-never-set.ts";
import type { Rule } from "./rule.ts";

export const adviceRules: readonly Rule[] = [
  unreachableWidget,
  retiredWidget,
  transitionToNowhere,
  danglingFailure,
  variableNeverSet,
  unknownWidgetVariable,
  unknownTriggerVariable,
  brokenTemplate,
  missingFunction,
  branchNeverMatches,
  shadowedBranch,
  stuckCounter,
  loopWithoutWait,
  loopWithoutAnswer,
  optOutKeyword,
  secretInFlow,
  phoneNumberInFlow,
];
