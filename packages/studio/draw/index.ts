/** How a Flow is drawn. */
export {
  layout,
  type Layout,
  type LayoutEdge,
  type LayoutNode,
  type LayoutOptions,
  type Point,
  type Size,
  type WordsLine,
} from "./layout.ts";
export type { Kind } from "../widget.ts";
export { faceOf, type Face } from "./face.ts";
export { withLayout } from "./offsets.ts";
export { drawSvg, type SvgOptions } from "./svg.ts";
export { transitionTaken, type Highlight, type Mark, type PathStep, type TransitionAt } from "./highlight.ts";
export type { Theme } from "./palette.ts";
export { drawMermaid, mermaidLimits, type MermaidOptions } from "./mermaid.ts";
