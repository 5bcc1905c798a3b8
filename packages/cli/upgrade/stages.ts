/** How an upgrade ends: every stage checked, and each that is deployed previewed, with what is installed now. */
import type { Project } from "@support-line/stage";
import { checkStage } from "@support-line/stage/check";
import { preview, type Deed, type Preview, type Step } from "../pull-request/preview.ts";
import { pulumiRun } from "../stage/pulumi.ts";

export interface StageAfter {
  readonly stage: string;
  readonly faults: readonly string[];
  /** What a deployment would do; a string: why nobody can look, as for a stage that is not deployed. */
  readonly preview: Preview | string;
}

/** What Twilio makes anew for every change of a Function, and keeps the earlier ones of. */
const madeAnew = new Set(["Build", "Deployment", "FunctionVersion", "AssetVersion"]);

const isMadeAnew = ({ type }: Step) => madeAnew.has(type.split(":").at(-1) ?? "");

/** What in a preview somebody has to look at before it is deployed. */
export const losses = (steps: readonly Step[]): Step[] =>
  steps.filter((step) => (step.deed === "replace" || step.deed === "delete") && !isMadeAnew(step));

/** Whether an upgrade stops here. Faults of a stage that nobody deployed are those of its placeholders. */
export function stops({ faults, preview: seen }: StageAfter): boolean {
  if (typeof seen === "string") return false;
  return faults.length > 0 || "failed" in seen || losses(seen.steps).length > 0;
}

const words: Readonly<Record<Deed, string>> = {
  replace: "replaced",
  delete: "deleted",
  create: "created",
  update: "updated",
};

/** Stages as people read them. */
export function stagesText(stages: readonly StageAfter[]): string {
  const width = Math.max(...stages.map(({ stage }) => stage.length), 0);
  return stages.flatMap((each) => stageLines(each, width)).join("\n");
}

function stageLines({ stage, faults, preview: seen }: StageAfter, width: number): string[] {
  const head = (text: string) => `  ${stage.padEnd(width)}  ${text}`;
  const faulty = faults.map((fault) => `  ${" ".repeat(width)}    ${fault}`);
  if (typeof seen === "string") {
    const also = faults.length === 0 ? "" : `; stage check has ${faults.length} to fix`;
    return [head(`not looked at: ${seen}${also}`)];
  }
  if ("failed" in seen) return [head(`its preview fails: ${seen.failed}`), ...faulty];
  const lost = losses(seen.steps);
  return [
    head(stepsText(seen.steps)),
    ...lost.map(
      ({ deed, type, name }) => `  ${" ".repeat(width)}    would be ${words[deed]}: ${name} (${type})`,
    ),
    ...faulty,
  ];
}

function stepsText(steps: readonly Step[]): string {
  if (steps.length === 0) return "the upgrade changes nothing";
  const counts = Object.entries(words).flatMap(([deed, word]) => {
    const count = steps.filter((step) => step.deed === deed).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return `a deployment would change it: ${counts.join(", ")}`;
}

/** Looks at every stage of a project. */
export async function stagesAfter(project: Project): Promise<StageAfter[]> {
  const all = project.readableStages();
  const stages: StageAfter[] = [];
  for (const stage of project.stageNames()) {
    const { faults } = await checkStage(project, stage, all);
    const unseen = await whyUnseen(stage);
    stages.push({ stage, faults, preview: unseen ?? (await preview(stage)) });
  }
  return stages;
}

/** Why a stage cannot be looked at; null: it can. */
async function whyUnseen(stage: string): Promise<string | null> {
  const { ok, stdout, stderr } = await pulumiRun(["stack", "export", "-s", stage]);
  if (!ok) return (stderr.trim() || stdout.trim()).split("\n")[0] ?? "its state cannot be read";
  const { deployment } = JSON.parse(stdout) as { deployment?: { resources?: unknown[] } | null };
  return (deployment?.resources ?? []).length === 0 ? "nothing of it is deployed" : null;
}
