/** What the Pulumi program of a project begins with: its project, its stage, and one way to refuse. */
import * as pulumi from "@pulumi/pulumi";
import { openProject, withLines, type Project } from "./project.ts";
import { projectFolder } from "./project-folder.ts";
import { readStage, type Stage } from "./stage.ts";

/**
 * The project that this program is the program of. Pulumi runs a program in its own folder (`main`), and its Node SDK knows no
 * root directory, whatever `getRootDirectory` answers.
 *
 * @throws ProjectError when its Pulumi.yaml cannot be read
 */
export function currentProject(): Project {
  return openProject(projectFolder(process.cwd()));
}

/**
 * The stage that this program runs for, from the stack's configuration.
 *
 * @throws StageError naming every fault in the stage file
 */
export function currentStage(): Stage {
  const project = pulumi.getProject();
  const prefix = `${project}:`;
  const values = Object.entries(pulumi.runtime.allConfig())
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, text]) => [key.slice(prefix.length), parsed(text)]);
  const stack = pulumi.getStack();
  const read = () => readStage(project, stack, Object.fromEntries(values) as Record<string, unknown>);
  return withLines(projectFolder(process.cwd()), stack, project, read);
}

/** Pulumi hands over lists and maps as JSON text, and everything else as the text it is. */
function parsed(text: string): unknown {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What people have to fix in stage files and templates, as opposed to faults of the program. */
const refusals = new Set(["ProjectError", "StageError", "TemplateError", "StudioError", "FunctionsError"]);

/**
 * Runs `work`; a refusal in it reaches the person who ran `pulumi` as its message alone, without a stack trace.
 *
 * @throws pulumi.RunError for a refusal, anything else as it is
 */
export async function refusing<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && refusals.has(error.name)) throw new pulumi.RunError(error.message);
    throw error;
  }
}
