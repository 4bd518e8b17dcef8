import type { Shape } from '@poolhouse/model';
import { typeOf } from './type-of-shape.ts';

/** Writes one interface for each structure of the model. */
export function writeStructures(shapes: ReadonlyMap<string, Shape>): string {
  const enums = [...shapes].filter(
    ([, shape]) => shape.type === 'string' && shape.enum !== undefined,
  );
  const imports = enums.map(([name]) => `  ${name},\n`).join('');
  const interfaces = [...shapes].flatMap(([name, shape]) =>
    shape.type === 'structure'
      ? [writeStructure(name, shape.members, shape.required ?? [], shapes)]
      : [],
  );
  return `import type {\n${imports}} from '../enums.ts';\n\n${interfaces.join('\n')}`;
}

function writeStructure(
  name: string,
  members: Readonly<Record<string, string>>,
  required: readonly string[],
  shapes: ReadonlyMap<string, Shape>,
): string {
  const lines = Object.entries(members).map(
    ([member, shape]) =>
      `  ${member}${required.includes(member) ? '' : '?'}: ${typeOf(shape, shapes)};\n`,
  );
  if (lines.length === 0) return `export type ${name} = Record<string, never>;\n`;
  return `export interface ${name} {\n${lines.join('')}}\n`;
}
