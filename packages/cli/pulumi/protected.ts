/**
 * What a `destroy` would stop at. Pulumi finds a protected resource only when its turn comes, and has deleted others by
 * then; a person who is refused wants nothing to be gone.
 */
import { spawnSync } from "node:child_process";
import { z } from "zod";

const exported = z.object({
  deployment: z
    .object({
      resources: z.array(z.object({ urn: z.string(), protect: z.boolean().default(false) })).default([]),
    })
    .nullable()
    .default(null),
});

/** The protected resources in the text of `pulumi stack export`, as `twilio:studio:Flow support`. */
export function protectedIn(text: string): string[] {
  const { deployment } = exported.parse(JSON.parse(text));
  return (deployment?.resources ?? []).flatMap(({ urn, protect }) => {
    const [type = "", name = ""] = urn.split("::").slice(-2);
    return protect ? [`${type.split("$").at(-1) ?? ""} ${name}`] : [];
  });
}

/**
 * What to tell who destroys a stage that keeps something; null when nothing is in the way, or the state cannot be read,
 * which Pulumi then says itself.
 *
 * @param pulumi the CLI
 * @param stage null: the one that is selected
 */
export function refusalOfDestroy(
  pulumi: string,
  stage: string | null,
  at: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): string | null {
  const stack = stage === null ? [] : ["--stack", stage];
  const { status, stdout } = spawnSync(pulumi, ["stack", "export", ...stack], {
    ...at,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  if (status !== 0) return null;
  const kept = protectedIn(stdout);
  if (kept.length === 0) return null;
  const flag = stage === null ? "" : ` -s ${stage}`;
  return [
    "Nothing was deleted. This stage keeps what cannot be had back:",
    ...kept.map((each) => `  ${each}`),
    `To delete all but these:  npx pulumi destroy --exclude-protected${flag}`,
    `To delete these as well:  npx pulumi state unprotect --all${flag}, then npx pulumi destroy${flag}`,
  ].join("\n");
}
