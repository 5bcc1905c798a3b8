/** A project's `package.json`, and what the reference project installs. */
import { z } from "zod";
import type { Answers } from "../answers.ts";
import type { Manifest } from "../manifest.ts";

const versions = z.record(z.string(), z.string());
/** Of the reference project's own `package.json`. */
export const referenceSchema = z.object({
  dependencies: versions,
  devDependencies: versions,
});
export type Reference = z.output<typeof referenceSchema>;

/** Under the name that programs import, from the scope that we can publish in. */
const sdk = "@pulumi/twilio";
const sdkPublished = "npm:@support-line/pulumi-twilio";

/**
 * @param version of every package of ours
 */
export function packageFile(
  answers: Answers,
  { dependencies, devDependencies }: Reference,
  { developed }: Manifest,
  version: string,
): string {
  const published = (all: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(all).map(([name, own]) => {
        if (name === sdk) return [name, `${sdkPublished}@${version}`];
        return [name, name.startsWith("@support-line/") ? version : own];
      }),
    );
  const needed = Object.entries({ ...dependencies, ...devDependencies });
  const isDeveloped = ([name]: [string, string]) => developed.includes(name);
  const whole = {
    name: answers.name,
    version: "0.0.0",
    private: true,
    type: "module",
    // The Pulumi program; the engine installs packages beside the file that names it.
    main: "infra/main.ts",
    engines: { node: ">=22.21.0" },
    scripts: {
      start: "support-line start",
      dev: "support-line dev",
      stop: "support-line stop",
      test: "tsc && vitest run",
      stage: "support-line stage",
      setup: "support-line setup",
      upgrade: "support-line upgrade",
    },
    dependencies: published(
      Object.fromEntries(Object.entries(dependencies).filter((entry) => !isDeveloped(entry))),
    ),
    devDependencies: published(Object.fromEntries(needed.filter(isDeveloped))),
    // Each of these scripts fetches what npm has brought already.
    allowScripts: { esbuild: false, protobufjs: false },
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}
