import { attributeBoundsProblem, isCustomAttributeName } from '@poolhouse/rules';
import type { CustomAttribute } from '../../draft/choices.ts';
import { customSchema } from '../../draft/pool-input.ts';
import { when, type Check, type Problem } from '../../draft/problem.ts';

/** What can be wrong with attributes of one's own. Source: API model, CreateUserPool. */
export const attributesProblems: Check = ({ custom }) => [
  ...custom.flatMap(customProblems),
  ...twice(custom),
];

function customProblems(
  attribute: CustomAttribute,
  index: number,
): readonly (Problem | undefined)[] {
  const field = `custom-${index}`;
  const { name, type } = attribute;
  const problem = attributeBoundsProblem(customSchema(attribute));
  return [
    when(name === '', field, 'Give the attribute a name.'),
    when(
      name !== '' && !isCustomAttributeName(name),
      field,
      'A name has up to 20 characters and no spaces. “custom:” is put before it by itself.',
    ),
    when(
      problem === 'not-whole' || problem === 'too-long',
      field,
      type === 'String'
        ? 'Lengths are whole numbers up to 2,048.'
        : 'Limits are whole numbers from 0 on.',
    ),
    when(problem === 'crossed', field, 'The greatest must not be less than the least.'),
  ];
}

function twice(custom: readonly CustomAttribute[]): readonly (Problem | undefined)[] {
  return custom.map(({ name }, index) =>
    when(
      name !== '' && custom.findIndex((other) => other.name === name) < index,
      `custom-${index}`,
      'This attribute is there already.',
    ),
  );
}
