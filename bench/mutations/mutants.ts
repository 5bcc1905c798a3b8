/** Small faults that a program could have: one place of one file, otherwise. */
import ts from "typescript";

export interface Mutant {
  readonly file: string;
  readonly line: number;
  /** `>= → >` */
  readonly what: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const { SyntaxKind: Kind } = ts;

/** What an operator is taken for. */
const operators: Partial<Record<ts.SyntaxKind, string>> = {
  [Kind.EqualsEqualsEqualsToken]: "!==",
  [Kind.ExclamationEqualsEqualsToken]: "===",
  [Kind.LessThanToken]: "<=",
  [Kind.LessThanEqualsToken]: "<",
  [Kind.GreaterThanToken]: ">=",
  [Kind.GreaterThanEqualsToken]: ">",
  [Kind.PlusToken]: "-",
  [Kind.MinusToken]: "+",
  [Kind.AsteriskToken]: "/",
  [Kind.SlashToken]: "*",
  [Kind.AmpersandAmpersandToken]: "||",
  [Kind.BarBarToken]: "&&",
};

/** Numbers whose meaning is a status of HTTP. */
const statuses: Readonly<Record<string, string>> = { "400": "409", "404": "400", "409": "400" };

/** Every mutant of a file. What only types see, and texts that people read, are left alone. */
export function mutantsOf(file: string, text: string): Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Mutant[] = [];
  const add = (node: ts.Node, other: string) => {
    const from = node.getStart(source);
    const line = source.getLineAndCharacterOfPosition(from).line + 1;
    const what = `${node.getText(source).slice(0, 40)} → ${other.slice(0, 40)}`;
    found.push({ file, line, what, from, to: node.getEnd(), text: other });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node)) return;
    if (ts.isBinaryExpression(node)) {
      const other = operators[node.operatorToken.kind];
      const isText = [node.left, node.right].some((each) => ts.isStringLiteralLike(each));
      const isSum = node.operatorToken.kind === Kind.PlusToken;
      if (other !== undefined && !(isSum && isText)) add(node.operatorToken, other);
    } else if (ts.isNumericLiteral(node)) {
      add(node, statuses[node.text] ?? (node.text === "0" ? "1" : `(${node.getText(source)} * 2)`));
    } else if (node.kind === Kind.TrueKeyword) add(node, "false");
    else if (node.kind === Kind.FalseKeyword) add(node, "true");
    else if (ts.isIfStatement(node)) add(node.expression, `!(${node.expression.getText(source)})`);
    else if (ts.isConditionalExpression(node)) {
      add(node.condition, `!(${node.condition.getText(source)})`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
