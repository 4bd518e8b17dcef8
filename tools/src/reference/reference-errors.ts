import { errorNames } from '@poolhouse/model';
import ts from 'typescript';
import { table } from './markdown.ts';
import { callsIn, readSource, readSources, textOf } from './source-files.ts';

const DOMAIN = 'packages/core/src/domain';
const FAILING = /(?:^|\.)(?:fail|Failure)$/;

/** A text of `domain/texts.ts` or `domain/settings-texts.ts`. */
interface Text {
  readonly text: string;
  readonly isUnsure: boolean;
}

/** Every error of the API with the texts that it comes with. */
export function errorsPage(): string {
  const texts = readTexts('texts.ts');
  const byError = new Map<string, Set<string>>();
  const used = new Set<string>();
  for (const source of readSources('core')) {
    for (const call of callsIn(source)) {
      if (!FAILING.test(call.expression.getText())) continue;
      const [error, message] = call.arguments ?? [];
      if (error === undefined || message === undefined) continue;
      for (const [code, text] of pairsOf(error, message)) {
        const shown = ts.isStringLiteral(code) ? shownText(text, texts, used) : undefined;
        if (shown === undefined || !ts.isStringLiteral(code)) continue;
        byError.set(code.text, (byError.get(code.text) ?? new Set()).add(shown));
      }
    }
  }
  const rows = errorNames
    .filter((name) => byError.has(name))
    .flatMap((name) => [...(byError.get(name) ?? [])].sort().map((text) => [name, text]));
  const others = [...texts].filter(([name]) => !used.has(name));
  const silent = errorNames.filter((name) => !byError.has(name));
  return [
    '# Errors',
    'Errors are HTTP 400, InternalErrorException is 500; `__type` and `message` stand in the body. *Unsure* marks a text that nobody could compare with the service.',
    table(['Error', 'Text'], rows),
    '## Texts that come with a reason',
    'They are part of a longer text, or their error depends on the case.',
    table(
      ['Name', 'Text'],
      others.map(([name, text]) => [name, shown(text)]),
    ),
    '## Refusals of settings',
    'Of user pools and app clients, as InvalidParameterException; for tiers as FeatureUnavailableInTierException, for OAuth flows and scopes as InvalidOAuthFlowException and ScopeDoesNotExistException.',
    table(
      ['Text'],
      [...readTexts('settings-texts.ts').values()].map((text) => [shown(text)]),
    ),
    '## Errors without a text of their own',
    `The API models them; nothing that is built ends with them, or its text is made from the input: ${silent.join(', ')}.`,
    '',
  ].join('\n\n');
}

/** Error and text where both depend on one condition, or only the text does, stand in pairs. */
function pairsOf(
  error: ts.Expression,
  message: ts.Expression,
): readonly (readonly [ts.Expression, ts.Expression])[] {
  if (!ts.isConditionalExpression(message)) return [[error, message]];
  const [whenTrue, whenFalse] = ts.isConditionalExpression(error)
    ? [error.whenTrue, error.whenFalse]
    : [error, error];
  return [...pairsOf(whenTrue, message.whenTrue), ...pairsOf(whenFalse, message.whenFalse)];
}

function shownText(
  message: ts.Expression,
  texts: ReadonlyMap<string, Text>,
  used: Set<string>,
): string | undefined {
  const callee = ts.isCallExpression(message) ? message.expression : message;
  const name = /^messages\.(\w+)$/.exec(callee.getText())?.[1];
  const known = name === undefined ? undefined : texts.get(name);
  if (name === undefined || known === undefined) return textOf(message);
  used.add(name);
  return shown(known);
}

function shown({ text, isUnsure }: Text): string {
  return isUnsure ? `${text} *(unsure)*` : text;
}

/** The texts of a file by their names, in its order. What is marked unsure is so by the comment behind it. */
function readTexts(file: string): ReadonlyMap<string, Text> {
  const source = readSource(`${DOMAIN}/${file}`);
  const texts = new Map<string, Text>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node)) {
      const { initializer } = node;
      const value = ts.isArrowFunction(initializer) ? initializer.body : initializer;
      const text = ts.isBlock(value) ? undefined : textOf(value);
      const lineEnd = source.text.indexOf('\n', node.end);
      const behind = source.text.slice(node.end, lineEnd);
      if (text !== undefined) {
        texts.set(node.name.getText(), { text, isUnsure: behind.includes('[unsure]') });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}
