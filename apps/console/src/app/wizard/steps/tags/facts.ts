import type { Telling } from '../../draft/fact.ts';

/** Each tag in a line. */
export const tagsFacts: Telling = ({ tags }) =>
  tags.length > 0
    ? tags.map(({ key, value }) => ({ label: key, value: value || '(empty)' }))
    : [{ label: 'Tags', value: 'none' }];
