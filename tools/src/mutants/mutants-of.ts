import ts from 'typescript';

/** A source with one small fault in it. */
export interface Mutant {
  /** Line of the fault, from 1. */
  readonly line: number;
  /** What stood there, and what stands there now. */
  readonly was: string;
  readonly is: string;
  /** The whole source. */
  readonly source: string;
}

const OPERATORS: Readonly<Partial<Record<ts.SyntaxKind, readonly string[]>>> = {
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: ['!=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: ['==='],
  [ts.SyntaxKind.LessThanToken]: ['<=', '>='],
  [ts.SyntaxKind.LessThanEqualsToken]: ['<', '>'],
  [ts.SyntaxKind.GreaterThanToken]: ['>=', '<='],
  [ts.SyntaxKind.GreaterThanEqualsToken]: ['>', '<'],
  [ts.SyntaxKind.AmpersandAmpersandToken]: ['||'],
  [ts.SyntaxKind.BarBarToken]: ['&&'],
  [ts.SyntaxKind.PlusToken]: ['-'],
  [ts.SyntaxKind.MinusToken]: ['+'],
  [ts.SyntaxKind.AsteriskToken]: ['/'],
};

/**
 * Every mutant of a source: a comparison turned or moved by one, `and` for `or`, a condition that always or never holds, a statement
 * left out, another text or number. Types and imports stay as they are.
 */
export function mutantsOf(source: string): readonly Mutant[] {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
  const found: Mutant[] = [];
  const replace = (node: ts.Node, is: string): void => {
    const start = node.getStart(file);
    found.push({
      line: file.getLineAndCharacterOfPosition(start).line + 1,
      was: node.getText(file),
      is,
      source: source.slice(0, start) + is + source.slice(node.end),
    });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    for (const is of replacementsOf(node)) replace(node, is);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return found;
}

function replacementsOf(node: ts.Node): readonly string[] {
  if (isBinaryOperator(node)) return OPERATORS[node.kind] ?? [];
  if (isCondition(node)) return ['true', 'false'];
  if (node.kind === ts.SyntaxKind.TrueKeyword) return ['false'];
  if (node.kind === ts.SyntaxKind.FalseKeyword) return ['true'];
  if (ts.isStringLiteral(node) && !isName(node)) return [`'mutant'`];
  if (ts.isNumericLiteral(node)) return [`(${node.text} + 1)`];
  if (ts.isExpressionStatement(node)) return [';'];
  if (ts.isReturnStatement(node) && (node.expression?.getText() ?? 'undefined') !== 'undefined') {
    return ['return undefined;'];
  }
  if (isNullish(node)) return [`(${node.left.getText()})`, `(${node.right.getText()})`];
  return [];
}

function isBinaryOperator(node: ts.Node): boolean {
  return ts.isBinaryExpression(node.parent) && node.parent.operatorToken === node;
}

function isNullish(node: ts.Node): node is ts.BinaryExpression {
  return (
    ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken
  );
}

/** What an `if`, a `? :` or a negation asks; also each half of an `and` or `or`. */
function isCondition(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isIfStatement(parent)) return parent.expression === node;
  if (ts.isConditionalExpression(parent)) return parent.condition === node;
  if (ts.isPrefixUnaryExpression(parent)) {
    return parent.operator === ts.SyntaxKind.ExclamationToken;
  }
  if (!ts.isBinaryExpression(parent) || parent.operatorToken === node) return false;
  const { kind } = parent.operatorToken;
  return kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken;
}

/** A member's name or a module's, where another text would be no fault but nonsense. */
function isName(node: ts.StringLiteral): boolean {
  const { parent } = node;
  return ts.isPropertyAssignment(parent) && parent.name === node;
}
