import { isThrowAway, lostWith } from "@support-line/stage/kept";
import type { Rule } from "../rule.ts";

export const keptResources: Rule = {
  name: "what-cannot-be-had-back-is-protected",
  description:
    "What Twilio gives nobody back must not go by a mistake in a stage file or by a destroy in the wrong terminal.",
  ofResource({ type, name, stage, isProtected }) {
    const what = lostWith[type];
    if (what === undefined || isProtected || isThrowAway(stage)) return [];
    return [
      `${name} (${type}) is not protected, and with it goes ${what}. Give it the resource option protect; who means to delete it runs pulumi state unprotect first.`,
    ];
  },
};
