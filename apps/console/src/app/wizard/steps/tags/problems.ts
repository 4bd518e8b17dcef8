import { tagKeysProblem } from '@poolhouse/rules';
import { when, type Check } from '../../draft/problem.ts';

/** What can be wrong with tags. Source: API model, CreateUserPool. */
export const tagsProblems: Check = ({ tags }) =>
  tags.flatMap(({ key, value }, index) => [
    when(
      !/^[\p{L}\p{N}\s_.:/=+@-]{1,128}$/u.test(key),
      `tag-${index}`,
      'A tag needs a name of up to 128 letters, digits and _ . : / = + - @.',
    ),
    when(
      !/^[\p{L}\p{N}\s_.:/=+@-]{0,256}$/u.test(value),
      `tag-${index}`,
      'The value of a tag has up to 256 letters, digits and _ . : / = + - @.',
    ),
    when(
      tagKeysProblem([key]) === 'reserved',
      `tag-${index}`,
      'Names that begin with “aws:” belong to AWS.',
    ),
    when(
      tags.findIndex((tag) => tag.key === key) < index,
      `tag-${index}`,
      'This tag is there already.',
    ),
  ]);
