/** Places that a module finds by where it stands itself. */
import ts from "typescript";

/** The literal in `new URL("…", import.meta.url)` and `join(import.meta.dirname, "…")`; null when a node is neither. */
export function ownPlace(node: ts.Node): ts.Expression | null {
  if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return null;
  const [one, other] = node.arguments ?? [];
  const own = [one, other].find((each) => each !== undefined && isOwn(each));
  const named = own === one ? other : one;
  return own !== undefined && named !== undefined ? named : null;
}

function isOwn(node: ts.Expression): boolean {
  return (
    ts.isPropertyAccessExpression(node) &&
    ts.isMetaProperty(node.expression) &&
    ["url", "dirname", "filename"].includes(node.name.text)
  );
}

/** What such literals name in a source; of a template, its beginning. */
export function placesIn(source: ts.SourceFile): string[] {
  const places: string[] = [];
  const visit = (node: ts.Node): void => {
    const named = ownPlace(node);
    if (named !== null) places.push(...beginningOf(named));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return places;
}

function beginningOf(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  return ts.isTemplateExpression(node) ? [node.head.text] : [];
}
