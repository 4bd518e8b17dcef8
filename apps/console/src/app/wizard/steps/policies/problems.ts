import { ranges } from '@poolhouse/rules';
import { TEMPORARY_DAYS } from '../../../shared/checks/whole-number.ts';
import { outside, type Check } from '../../draft/problem.ts';

/** What can be wrong with the numbers of the policies. Source: API model, CreateUserPool. */
export const policiesProblems: Check = ({ minimumLength, temporaryDays }) => [
  outside(
    minimumLength,
    ranges.minimumPasswordLength,
    'minimumLength',
    'Choose a length from 6 to 99 characters.',
  ),
  outside(temporaryDays, TEMPORARY_DAYS, 'temporaryDays', 'Choose 1 to 365 days.'),
];
