import type { CheckFailure } from "../translate/inputs-to-checked.ts";
import { contentSize } from "../values/content.ts";
import { textAt } from "../values/place.ts";
import { Asset, reveal, type ValueMap } from "../values/value.ts";

interface Limit {
  readonly bytes: number;
  readonly name: string;
  readonly advice: string;
}

/**
 * Largest files that Twilio takes, https://www.twilio.com/docs/serverless/functions-assets/assets. No page states a
 * Function's; it is widely said to be 1 MB, so only what is above the larger reading of that is refused.
 */
const limits = {
  function: {
    bytes: 1024 * 1024,
    name: "1 MiB for a Function",
    advice: "Leave packages to the Build's dependencies, and data to private Assets.",
  },
  asset: { bytes: 25_000_000, name: "25 MB for an Asset", advice: "Serve it from elsewhere." },
  privateAsset: {
    bytes: 10_000_000,
    name: "10 MB for a private Asset",
    advice: "Split it, or serve it from elsewhere.",
  },
} as const satisfies Readonly<Record<string, Limit>>;

/** What is wrong with the size of a Function's or an Asset's content; nothing while it is not known. */
export function sizeFaults(name: string, inputs: ValueMap): CheckFailure[] {
  const asset = reveal(inputs["content"] ?? null);
  const size = asset instanceof Asset ? contentSize(asset) : undefined;
  const isPrivate = textAt(inputs, "visibility").toLowerCase() === "private";
  const limit = name === "Function" ? limits.function : isPrivate ? limits.privateAsset : limits.asset;
  if (size === undefined || size <= limit.bytes) return [];
  const reason = `content of ${textAt(inputs, "path")} is ${size} bytes; Twilio's limit is ${limit.name}. ${limit.advice}`;
  return [{ property: "content", reason }];
}
