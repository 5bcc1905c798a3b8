/** Words that the deployed Flow listens to: what somebody may write who does not know it. */
import { useMemo } from "react";
import type { Picture } from "../api/shapes.ts";
import { usePicture } from "../flow/use-picture.ts";
import { useModel } from "../state/store.ts";

/** At most three of them; none unless they are wanted. */
export function useHints(isWanted: boolean): readonly string[] {
  const flow = useModel((model) => model.flows.find(({ published }) => published !== null));
  const { picture } = usePicture(isWanted ? (flow?.sid ?? null) : null, flow?.published ?? null);
  return useMemo(
    () => (isWanted && picture !== null ? ["hello", ...wordsOf(picture)].slice(0, 3) : []),
    [isWanted, picture],
  );
}

function wordsOf({ widgets }: Picture): string[] {
  const words = widgets.flatMap(({ type, face, transitions }) =>
    type === "split-based-on" && face.facts.includes("by the message")
      ? transitions.flatMap(({ conditions }) =>
          conditions.flatMap(({ type: how, value }) => (spoken.has(how) ? value.split(",") : [])),
        )
      : [],
  );
  return [...new Set(words.map((word) => word.trim()).filter((word) => /^[\p{L} ]{2,20}$/u.test(word)))];
}

const spoken = new Set(["equal_to", "matches_any_of", "contains"]);
