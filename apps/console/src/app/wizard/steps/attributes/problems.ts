import type { CustomAttribute } from '../../draft/choices.ts';
import { when, type Check, type Problem } from '../../draft/problem.ts';

/** What can be wrong with attributes of one's own. Source: API model, CreateUserPool. */
export const attributesProblems: Check = ({ custom }) => [
  ...custom.flatMap(customProblems),
  ...twice(custom),
];

function customProblems(
  { name, type, min, max }: CustomAttribute,
  index: number,
): readonly (Problem | undefined)[] {
  const field = `custom-${index}`;
  const isText = type === 'String';
  const number = (text: string) => (text.trim() === '' ? undefined : Number(text));
  const [least, most] = [number(min), number(max)];
  const limited = isText || type === 'Number';
  const whole = (value: number | undefined) =>
    value === undefined ||
    (Number.isSafeInteger(value) && (!isText || (value >= 0 && value <= 2048)));
  return [
    when(name === '', field, 'Give the attribute a name.'),
    when(
      name !== '' && !/^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,20}$/u.test(name),
      field,
      'A name has up to 20 characters and no spaces. “custom:” is put before it by itself.',
    ),
    when(
      limited && !(whole(least) && whole(most)),
      field,
      isText ? 'Lengths are whole numbers up to 2,048.' : 'Limits are whole numbers.',
    ),
    when(
      limited && least !== undefined && most !== undefined && most < least,
      field,
      'The greatest must not be less than the least.',
    ),
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
