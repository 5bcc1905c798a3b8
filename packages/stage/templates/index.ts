/** What the bindings of a template are written with, and what fills them. */
export { functionsOf } from "./functions-of.ts";
export { anyOf, inLanguages, textsOf } from "./in-languages.ts";
export {
  lineValues,
  type AssetPlace,
  type FlexPlace,
  type FunctionPlace,
  type LineValues,
  type SpokenLanguage,
  type Texts,
} from "./line-values.ts";
export {
  boundFlow,
  faultText,
  lineBindings,
  type BoundByPath,
  type FlowFault,
  type LineBindings,
} from "./line-bindings.ts";
export { jsonFaultOf, type JsonFault } from "./json-fault.ts";
export { loadTemplate, templatesIn, TemplateError, type Template } from "./load.ts";
export { runsFunction, runsFunctionOfLine } from "./runs-function.ts";
