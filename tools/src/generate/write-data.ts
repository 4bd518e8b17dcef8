import type { Shape } from '@poolhouse/model';
import type { MergedModel, MergedOperation } from './merge-model.ts';

/** Writes the enums: their values as data, and a union type of the same name for each. */
export function writeEnums(shapes: ReadonlyMap<string, Shape>): string {
  const enums = [...shapes].flatMap(([name, shape]) =>
    shape.type === 'string' && shape.enum !== undefined ? [{ name, values: shape.enum }] : [],
  );
  const data = enums.map(({ name, values }) => `  ${name}: [${values.map(quote).join(', ')}],\n`);
  const types = enums.map(
    ({ name, values }) => `export type ${name} = ${values.map(quote).join(' | ')};\n`,
  );
  return `export const enums = {\n${data.join('')}} as const;\n\n${types.join('')}`;
}

/** Writes the names of the errors that the API models. */
export function writeErrors(errors: readonly string[]): string {
  return `export const errorNames = [\n${errors.map((name) => `  ${quote(name)},\n`).join('')}] as const;\n`;
}

/** Writes the operations: a type that links their inputs, outputs and errors, and the same as data. */
export function writeOperations({ operations }: MergedModel): string {
  const names = new Set(operations.flatMap(({ input, output }) => [input, output ?? input]));
  const imports = [...names].sort().map((name) => `  ${name},\n`);
  return [
    `import type {\n${imports.join('')}} from '../structures.ts';\n`,
    `export interface OperationTypes {\n${operations.map(writeOperationType).join('')}}\n`,
    `export const operationData = {\n${operations.map(writeOperationData).join('')}} as const;\n`,
  ].join('\n');
}

/** Writes the shapes as data for the decoder and the encoder; names of shapes stand for references. */
export function writeShapes(shapes: ReadonlyMap<string, Shape>): string {
  const lines = [...shapes].map(([name, shape]) => `  ${name}: ${literal(shape)},\n`);
  return `import type { Shape } from '../../shape/shape.ts';\n\nexport const shapes: Readonly<Record<string, Shape>> = {\n${lines.join('')}};\n`;
}

function writeOperationType({
  name,
  input,
  output,
  errors,
  authorisation,
}: MergedOperation): string {
  return [
    `  ${name}: {\n`,
    `    input: ${input};\n`,
    `    output: ${output ?? 'Record<string, never>'};\n`,
    `    error: ${errors.map(quote).join(' | ')};\n`,
    `    authorisation: ${quote(authorisation)};\n`,
    `  };\n`,
  ].join('');
}

function writeOperationData(operation: MergedOperation): string {
  const { name, input, output, errors, authorisation, access, area, poolMember } = operation;
  return [
    `  ${name}: {\n`,
    `    input: ${quote(input)},\n`,
    `    output: ${output === null ? 'null' : quote(output)},\n`,
    `    errors: [${errors.map(quote).join(', ')}],\n`,
    `    authorisation: ${quote(authorisation)},\n`,
    `    access: ${quote(access)},\n`,
    `    area: ${quote(area)},\n`,
    `    poolMember: ${poolMember === null ? 'null' : quote(poolMember)},\n`,
    `    namesUser: ${String(operation.namesUser)},\n`,
    `    isForAccounts: ${String(operation.isForAccounts)},\n`,
    `    leavesOutOtherPools: ${String(operation.leavesOutOtherPools)},\n`,
    `  },\n`,
  ].join('');
}

function literal(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => `${key}: ${literal(item)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  return String(value);
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
