/** What a stage is: the project that it belongs to, its file, and what both give to the program, the commands and tests. */
export { openProject, type Project } from "./project.ts";
export { projectFolder } from "./project-folder.ts";
export {
  allAgents,
  localAccountSid,
  readStage,
  stageKeys,
  type Adopted,
  type AdoptedFunctions,
  type AdoptedLine,
  type Agent,
  type FlexDesk,
  type Keywords,
  type Language,
  type Line,
  type Queue,
  type Stage,
  type Wordings,
} from "./stage.ts";
export { firstNames, functionsOfLine, nameOfPart } from "./adopted/adopted.ts";
export { stageSchema } from "./stage-schema.ts";
export { ProjectError, StageError, type Fault } from "./errors.ts";
export type { Elsewhere } from "./elsewhere.ts";
export { titleOf, uniqueNameOf } from "./names.ts";
export { neededFunctions } from "./needed-functions.ts";
export { pairsOf, type Pair } from "./pairs.ts";
export { stageVariables, twilioAddresses, variablesOfDeployment } from "./variables.ts";
export { TemplateError, type Template } from "./templates/load.ts";
