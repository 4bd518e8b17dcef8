import { registry } from '@poolhouse/core';
import {
  operationNames,
  operations,
  shapeNamed,
  type Authorisation,
  type OperationName,
  type Shape,
} from '@poolhouse/model';
import { code, table } from './markdown.ts';

/** What a caller has to bring. Source: behaviour.md 1.2. */
const CALLERS: Readonly<Record<Authorisation, string>> = {
  iam: 'a signature with an access key',
  accessToken: "a user's access token",
  client: "an app client's id, and its secret hash where it has a secret",
  session: 'the session of a sign-in that is under way, or an access token',
};

/** Every operation of the API: whether it is built, who may call it, what it takes and how it can end. */
export function operationsPage(): string {
  const built = operationNames.filter((name) => registry.has(name));
  const sum = `${built.length} of ${operationNames.length} operations are built. The others answer UnknownOperationException.`;
  const links = operationNames.map((name) => [
    `[${name}](#${name.toLowerCase()})`,
    operations[name].area,
    operations[name].authorisation,
    operations[name].access,
    registry.has(name) ? 'built' : '',
  ]);
  return [
    '# Operations',
    sum,
    'Types in *italics* are in [Structures](structures.md). An operation can end only with the errors that it lists, and with those of a request that no operation sees.',
    table(['Operation', 'Area', 'Authorisation', 'Access', ''], links),
    ...operationNames.map(operationSection),
    '',
  ].join('\n\n');
}

/** Every structure that an operation's input has in it. */
export function structuresPage(): string {
  const names = new Set<string>();
  for (const name of operationNames) collectStructures(operations[name].input, names);
  for (const name of operationNames) names.delete(operations[name].input);
  const sections = [...names].sort().flatMap((name) => [`## ${name}`, membersTable(name)]);
  return ['# Structures', 'What operations take inside of their input.', ...sections, ''].join(
    '\n\n',
  );
}

function operationSection(name: OperationName): string {
  const { authorisation, errors, input } = operations[name];
  const needs = registry.get(name)?.needs;
  const stores = needs && `- Stores: ${[...needs].sort().join(', ') || 'none'}`;
  return [
    `## ${name}`,
    [
      `- ${needs ? 'Built' : 'Not built'}`,
      `- The caller brings ${CALLERS[authorisation]}`,
      ...(stores ? [stores] : []),
      `- Errors: ${errors.join(', ')}`,
    ].join('\n'),
    membersTable(input),
  ].join('\n\n');
}

function membersTable(structure: string): string {
  const shape = shapeNamed(structure);
  if (shape.type !== 'structure') throw new Error(`${structure} is no structure.`);
  const members = Object.entries(shape.members);
  if (members.length === 0) return 'It takes nothing.';
  return table(
    ['Parameter', 'Type', 'Required', 'Constraints'],
    members.map(([member, name]) => [
      member,
      typeOf(name),
      shape.required?.includes(member) ? 'yes' : '',
      constraintsOf(name),
    ]),
  );
}

function typeOf(name: string): string {
  const shape = shapeNamed(name);
  switch (shape.type) {
    case 'structure':
      return `*[${name}](structures.md#${name.toLowerCase()})*`;
    case 'list':
      return `list of ${typeOf(shape.member)}`;
    case 'map':
      return `map of ${typeOf(shape.key)} to ${typeOf(shape.value)}`;
    default:
      return shape.type;
  }
}

function constraintsOf(name: string): string {
  const shape = shapeNamed(name);
  const own = [rangeOf(shape), ...textRules(shape), ...(shape.sensitive ? ['never logged'] : [])];
  const inner =
    shape.type === 'list'
      ? [`each: ${constraintsOf(shape.member)}`]
      : shape.type === 'map'
        ? [`keys: ${constraintsOf(shape.key)}`, `values: ${constraintsOf(shape.value)}`]
        : [];
  return [...own, ...inner].filter((text) => text !== '' && !text.endsWith(': ')).join('; ');
}

function textRules(shape: Shape): readonly string[] {
  if (shape.type !== 'string') return [];
  return [
    ...(shape.enum ? [shape.enum.map(code).join(', ')] : []),
    ...(shape.pattern === undefined ? [] : [`matches ${code(shape.pattern)}`]),
  ];
}

function rangeOf(shape: Shape): string {
  const { min, max } = shape as { readonly min?: number; readonly max?: number };
  const unit = UNITS[shape.type] ?? '';
  if (min !== undefined && max !== undefined) return `${min} to ${max}${unit}`;
  if (min !== undefined) return `at least ${min}${unit}`;
  return max === undefined ? '' : `at most ${max}${unit}`;
}

const UNITS: Partial<Record<Shape['type'], string>> = {
  string: ' characters',
  list: ' items',
  map: ' entries',
  blob: ' bytes',
};

function collectStructures(name: string, names: Set<string>): void {
  const shape = shapeNamed(name);
  if (shape.type === 'list') collectStructures(shape.member, names);
  if (shape.type === 'map') collectStructures(shape.value, names);
  if (shape.type !== 'structure' || names.has(name)) return;
  names.add(name);
  for (const member of Object.values(shape.members)) collectStructures(member, names);
}
