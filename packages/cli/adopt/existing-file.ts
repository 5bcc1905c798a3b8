/** What a stage file that is there already says, and what of it stays when a line is adopted into it. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Project } from "@support-line/stage";
import { parse } from "yaml";
import { z } from "zod";

export interface ExistingFile {
  /** What the file says; null where there is none. */
  readonly text: string | null;
  /** The account that it names; null where there is no file, or nobody has filled it in. */
  readonly accountSid: string | null;
  /** Keys of its configuration that stay: the provider's, and what is encrypted. */
  readonly config: Readonly<Record<string, unknown>>;
  /** What Pulumi keeps beside the configuration: the salt of its secrets. */
  readonly besides: Readonly<Record<string, unknown>>;
}

const shape = z.looseObject({ config: z.record(z.string(), z.unknown()).nullish() });

/** Reads `Pulumi.<stage>.yaml`; a file that is not one of ours has nothing that stays. */
export function existingFile({ folder, name }: Project, stage: string): ExistingFile {
  const path = join(folder, `Pulumi.${stage}.yaml`);
  const text = existsSync(path) ? readFileSync(path, "utf8") : null;
  const parsed = shape.safeParse(text === null ? null : parse(text));
  if (!parsed.success) return { text, accountSid: null, config: {}, besides: {} };
  const { config, ...besides } = parsed.data;
  const named = config?.[`${name}:accountSid`];
  const isFilled = typeof named === "string" && !/^AC(.)\1{31}$/.test(named);
  return {
    text,
    accountSid: isFilled ? named : null,
    config: Object.fromEntries(
      Object.entries(config ?? {}).filter(
        ([key]) => key === `${name}:secrets` || (key.startsWith("twilio:") && !ours.has(key)),
      ),
    ),
    besides,
  };
}

/** Keys that adopting writes itself. */
const ours = new Set(["twilio:accountSid", "twilio:phoneNumbers"]);
