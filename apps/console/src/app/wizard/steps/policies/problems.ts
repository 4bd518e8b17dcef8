import { outside, type Check } from '../../draft/problem.ts';

/** What can be wrong with the numbers of the policies. Source: API model, CreateUserPool. */
export const policiesProblems: Check = ({ minimumLength, temporaryDays }) => [
  outside(minimumLength, 6, 99, 'minimumLength', 'Choose a length from 6 to 99 characters.'),
  outside(temporaryDays, 1, 365, 'temporaryDays', 'Choose 1 to 365 days.'),
];
