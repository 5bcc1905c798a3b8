/** The picture of a Flow's revision: asked for once, since a revision never changes. */
import { useEffect, useState } from "react";
import { ask, AskError } from "../api/ask.ts";
import type { Picture } from "../api/shapes.ts";

const pictures = new Map<string, Picture>();

export interface Drawn {
  readonly picture: Picture | null;
  /** Why there is none. */
  readonly problem: string | null;
}

/** The picture, once it is there. */
export function usePicture(flowSid: string | null, revision: number | null): Drawn {
  const key = flowSid === null || revision === null ? null : `${flowSid}/revisions/${revision}`;
  const known = key === null ? undefined : pictures.get(key);
  const [found, setFound] = useState<Drawn & { readonly key: string | null }>({
    key: null,
    picture: null,
    problem: null,
  });
  useEffect(() => {
    if (key === null || pictures.has(key)) return;
    const abort = new AbortController();
    ask("picture", `flows/${key}`, { signal: abort.signal }).then(
      (picture) => {
        pictures.set(key, picture);
        setFound({ key, picture, problem: null });
      },
      (error: unknown) => {
        if (error instanceof AskError) setFound({ key, picture: null, problem: error.message });
      },
    );
    return () => abort.abort();
  }, [key]);
  if (known !== undefined) return { picture: known, problem: null };
  return found.key === key ? found : { picture: null, problem: null };
}
