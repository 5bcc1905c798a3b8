/** Whom the page knows, for views. */
import { useMemo } from "react";
import { peopleOf, type People } from "./people.ts";
import { useModel } from "./store.ts";

export function usePeople(): People {
  const conversations = useModel((model) => model.conversations);
  const names = useModel((model) => model.names);
  return useMemo(() => peopleOf({ conversations, names }), [conversations, names]);
}
