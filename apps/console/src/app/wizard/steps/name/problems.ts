import { isRegionName, isResourceName } from '@poolhouse/rules';
import { when, type Check } from '../../draft/problem.ts';

/** What is wrong with a region; empty where nothing is. */
export function regionProblem(region: string): string {
  return isRegionName(region)
    ? ''
    : 'A region has up to 32 letters, digits and hyphens, such as eu-west-1.';
}

/** What can be wrong with the name and the region. Source: API model, CreateUserPool. */
export const nameProblems: Check = ({ name }, region) => [
  when(name.trim() === '', 'name', 'Give the pool a name.'),
  when(
    name.trim() !== '' && !isResourceName(name.trim()),
    'name',
    'Use up to 128 letters without accents, digits, spaces and + = , . @ - _ only.',
  ),
  when(regionProblem(region) !== '', 'region', regionProblem(region)),
];
