import { nearName } from "../near-name.ts";
import type { Rule } from "../rule.ts";

export const missingFunction: Rule = {
  code: "missing-function",
  finds: "a Run Function widget whose Function does not exist, if the Functions are known",
  because: "it always leaves by fail",
  severity: "error",
  *look({ flow, functions }) {
    if (functions === undefined) return;
    for (const { name, type, properties, path } of flow.nodes) {
      if (type !== "run-function" && type !== "run-function-v2") continue;
      const { url } = properties;
      const called = typeof url === "string" ? functionPath(url) : undefined;
      if (called === undefined || functions.has(called)) continue;
      const near = nearName(called, functions);
      const known = [...functions].sort().join(", ");
      yield {
        widget: name,
        property_path: `${path}/properties/url`,
        message: `"${name}" runs the Function "${called}", which does not exist`,
        wayOut:
          near === undefined
            ? `write that Function, or name one of ${known === "" ? "the Functions that there will be" : known}`
            : `did you mean "${near}"?`,
      };
    }
  },
};

/** The path of a Function's URL without its first slash; undefined when it is only known at run time. */
function functionPath(url: string): string | undefined {
  const path = /^(?:https?:\/\/[^/]*)?\/([^?#]+)/.exec(url.trim())?.[1]?.replace(/\/+$/, "");
  return path === undefined || path === "" || path.includes("{{") ? undefined : path;
}
