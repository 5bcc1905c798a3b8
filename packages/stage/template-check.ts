/** Where a template leads on the stages that have it, for who looks at the template alone. */
import { checkValues, placesOf } from "./flow-faults.ts";
import type { Project } from "./project.ts";
import { lineBindings, type LineBindings } from "./templates/line-bindings.ts";
import { lineValues } from "./templates/line-values.ts";
import type { Template } from "./templates/load.ts";

/** What leads to nothing, and what was bound by its path, on whichever stage. */
export type TemplateCheck = Pick<LineBindings, "faults" | "boundByPath">;

/**
 * Checks where a template leads: on every stage that has a line of it, or, where none has, among all Functions and Assets of
 * the project. A stage file that has faults of its own is passed over; `stage check` names them.
 *
 * @throws TemplateError, FunctionsError when its files cannot be read
 */
export async function checkTemplate(project: Project, name: string): Promise<TemplateCheck> {
  const template = await project.template(name);
  const found: LineBindings[] = [];
  for (const stage of project.readableStages()) {
    for (const line of stage.lines.filter(({ flow }) => flow === name)) {
      const values = await checkValues(project, stage, line).catch((error: unknown) => {
        if (error instanceof Error && error.name === "StageError") return undefined;
        throw error;
      });
      if (values !== undefined) found.push(lineBindings(stage, template, values));
    }
  }
  if (found.length === 0) found.push(onNoStage(project, template));
  const once = <Each extends object>(all: readonly Each[], key: (each: Each) => string): Each[] => [
    ...new Map(all.map((each) => [key(each), each])).values(),
  ];
  return {
    // Of several stages that lack the same, one is named.
    faults: once(
      found.flatMap((each) => each.faults),
      ({ path = [] }) => path.join("/"),
    ),
    boundByPath: once(
      found.flatMap((each) => each.boundByPath),
      ({ widget, to }) => `${widget}/${to}`,
    ),
  };
}

function onNoStage(project: Project, template: Template): LineBindings {
  const { functions, assets, flex } = placesOf(project.functionNames(), project.assetNames());
  const line = { name: "line", queues: [], answerWithin: 1 };
  const values = lineValues({ wordings: {}, keywords: {}, languages: [] }, line, functions, flex, assets);
  return lineBindings({ name: "<stage>", elsewhere: [], adopted: null }, template, values);
}
