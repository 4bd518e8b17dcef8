import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

const REPOSITORY = resolve(import.meta.dirname, '../../..');

/** The syntax of one file of the repository. */
export function readSource(path: string): ts.SourceFile {
  const text = readFileSync(join(REPOSITORY, path), 'utf8');
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

/** The syntax of the sources in some packages, without tests and what only tests use, in the order of their paths. */
export function readSources(...packages: readonly string[]): readonly ts.SourceFile[] {
  return packages
    .flatMap((name) => globSync(`packages/${name}/src/**/*.ts`, { cwd: REPOSITORY }))
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !/\.test\.ts$|\/testing\/|\/generated\//.test(path))
    .sort()
    .map(readSource);
}

/** Every call in a file. */
export function callsIn(source: ts.SourceFile): readonly (ts.CallExpression | ts.NewExpression)[] {
  const calls: (ts.CallExpression | ts.NewExpression)[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) calls.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return calls;
}

/** A text that stands in the code, with `{name}` for what is filled in; undefined for any other expression. */
export function textOf(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  const filled = node.templateSpans.map(
    ({ expression, literal }) => `{${nameOf(expression)}}${literal.text}`,
  );
  return node.head.text + filled.join('');
}

function nameOf(expression: ts.Expression): string {
  const text = expression.getText();
  return /^[\w.]+$/.test(text) ? (text.split('.').at(-1) ?? text) : '...';
}
