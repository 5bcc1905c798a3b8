/**
 * `npm run stage -- leave --forget`: one adopted line goes out of its stage. Pulumi's state forgets what is its alone, and the
 * stage file with it; nothing at Twilio is asked or changed.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Project } from "@support-line/stage";
import { z } from "zod";
import { withoutLine } from "../adopt/stage-file.ts";
import { CliError } from "../errors.ts";
import type { Leaving } from "./leave-which.ts";
import { pulumi } from "./pulumi.ts";
import { nameOf } from "./rollback-state.ts";

const resource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  outputs: z.looseObject({}).optional(),
});
const state = z.looseObject({ deployment: z.looseObject({ resources: z.array(resource).default([]) }) });
type Resource = z.output<typeof resource>;

/** What of a line is called by its name. */
const ofLine = new Set([
  "twilio:studio:Flow",
  "twilio:conversations:AddressConfiguration",
  "twilio:api:IncomingPhoneNumber",
]);

/**
 * Takes a line out of its stage.
 *
 * @returns how many resources Pulumi forgot
 * @throws CliError `last-line-leaves`, or with Pulumi's complaint; then the file is as it was
 */
export async function forgetLine(project: Project, { stage, line, own }: Leaving): Promise<number> {
  if (line === null || stage.lines.length < 2) throw new CliError("last-line-leaves", { stage: stage.name });
  const read = state.parse(JSON.parse(await pulumi(stage.name, ["stack", "export"])));
  const { resources } = read.deployment;
  const services = resources.flatMap((each) =>
    each.type === "twilio:serverless:Service" && nameOf(each.urn) === own.functions
      ? [String(each.outputs?.["sid"])]
      : [],
  );
  const isOfLine = ({ urn, type, outputs }: Resource) => {
    const name = nameOf(urn);
    if (ofLine.has(type)) return name === line;
    if (type === "twilio:conversations:Service") return name === own.conversations;
    if (type === "twilio:serverless:Service") return name === own.functions;
    return type.startsWith("twilio:serverless:") && services.includes(String(outputs?.["serviceSid"]));
  };
  const left = resources.filter((each) => !isOfLine(each)).map((each) => withoutOutput(each, line));
  await imported(stage.name, { ...read, deployment: { ...read.deployment, resources: left } });
  const file = join(project.folder, `Pulumi.${stage.name}.yaml`);
  writeFileSync(file, withoutLine(readFileSync(file, "utf8"), project.name, line));
  return resources.length - left.length;
}

/** The stack's own list of lines, until the next deployment writes it anew. */
function withoutOutput(each: Resource, line: string): Resource {
  const lines = each.type === "pulumi:pulumi:Stack" ? each.outputs?.["lines"] : undefined;
  if (!Array.isArray(lines)) return each;
  const named = z.looseObject({ name: z.string() });
  return {
    ...each,
    outputs: { ...each.outputs, lines: lines.filter((one) => named.safeParse(one).data?.name !== line) },
  };
}

async function imported(stage: string, whole: object): Promise<void> {
  // It holds people's numbers, and what is encrypted in it stays so.
  const folder = mkdtempSync(join(tmpdir(), "support-line-leave-"));
  const file = join(folder, "state.json");
  try {
    writeFileSync(file, JSON.stringify(whole), { mode: 0o600 });
    await pulumi(stage, ["stack", "import", "--file", file]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
