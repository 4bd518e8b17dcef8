import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import { ConfigError } from '../config/config-error.ts';
import { Misshapen } from '../shapes/shape.ts';
import { declaration, type Declaration } from './declaration.ts';

/** The place of a value in a file. */
export type Path = readonly PropertyKey[];

/** A declaration with its file, for errors that say where. */
export interface DeclarationFile {
  readonly content: Declaration;
  /** The folder in which the paths of files begin. */
  readonly folder: string;
  /** Makes the error about the value at `path`. */
  refuse(path: Path, problem: string, fix: string): ConfigError;
}

/** Reads and checks a declaration file, or throws {@link ConfigError} with the line and the fix. */
export function readDeclaration(file: string): DeclarationFile {
  let source: string;
  try {
    source = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(
      'POOLHOUSE_DECLARATION',
      `names the file ${file}, which cannot be read (${code ?? 'unknown reason'})`,
      'Name an existing file, or leave the setting out.',
    );
  }
  return parseDeclaration(source, basename(file), dirname(resolve(file)));
}

/** Checks the text of a declaration file; `name` stands in errors. */
export function parseDeclaration(
  source: string,
  name: string,
  folder = process.cwd(),
): DeclarationFile {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken !== undefined) {
    const [what = ''] = broken.message.split(' at line ');
    throw new ConfigError(
      `${name}:${broken.linePos?.[0].line ?? 1}`,
      `is not YAML: ${what}`,
      'Correct this line, or the one before it.',
    );
  }
  const refuse = (path: Path, problem: string, fix: string) => {
    const line = lineOf(document, lines, path);
    return new ConfigError(`${name}:${line} ${written(path)}`.trim(), problem, fix);
  };
  const given: unknown = document.toJS({ maxAliasCount: 100 }) ?? { pools: [] };
  try {
    return { content: declaration(given), folder, refuse };
  } catch (error) {
    if (!(error instanceof Misshapen)) throw error;
    throw refuse(error.path, ...explained(error, document.getIn(error.path) === undefined));
  }
}

function explained(
  { kind, unknown, problem }: Misshapen,
  isMissing: boolean,
): [problem: string, fix: string] {
  if (kind === 'names') {
    return [
      `must not have ${unknown.join(', ')}`,
      'Correct the name. Members with the names of the API belong under settings.',
    ];
  }
  if (kind === 'type' && isMissing) {
    return ['is missing', 'Add it.'];
  }
  return [problem, 'Correct it. The poolhouse.yaml of the repository is an example.'];
}

/** The line of a value, or of the closest thing around it that is there. */
function lineOf(document: Document, lines: LineCounter, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

/** `pools[0].clients[1].id` */
function written(path: Path): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
}
