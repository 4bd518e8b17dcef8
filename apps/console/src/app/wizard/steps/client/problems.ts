import { isRefreshValidity, isResourceName, isShortValidity, unitMs } from '@poolhouse/rules';
import { redirectUrlProblem } from '../../../shared/checks/redirect-urls.ts';
import { writableOf } from '../../draft/attributes.ts';
import { when, type Check } from '../../draft/problem.ts';

/** What can be wrong with the app client. Source: API model, CreateUserPoolClient. */
export const clientProblems: Check = (choices) => {
  if (!choices.withClient) return [];
  const { clientName, returnUrl, srp, password, adminPassword } = choices;
  const { accessMinutes, idMinutes, refreshDays } = choices;
  const badUrl = returnUrl === '' ? '' : redirectUrlProblem(returnUrl);
  const writable = new Set(writableOf(choices));
  const closed = choices.required.filter((name) => !writable.has(name));
  return [
    when(
      clientName.trim() === '' || !isResourceName(clientName.trim()),
      'clientName',
      'Give the app client a name: up to 128 letters without accents, digits, spaces and + = , . @ - _.',
    ),
    when(badUrl !== '', 'returnUrl', badUrl),
    when(
      !srp && !password && !adminPassword,
      'flows',
      'Choose at least one way to sign in, or the client lets nobody in.',
    ),
    when(
      !Number.isInteger(accessMinutes) || !isShortValidity(accessMinutes * unitMs.minutes),
      'accessMinutes',
      'Access tokens live 5 minutes to a day (1,440 minutes).',
    ),
    when(
      !Number.isInteger(idMinutes) || !isShortValidity(idMinutes * unitMs.minutes),
      'idMinutes',
      'ID tokens live 5 minutes to a day (1,440 minutes).',
    ),
    when(
      !Number.isInteger(refreshDays) || !isRefreshValidity(refreshDays * unitMs.days),
      'refreshDays',
      'Refresh tokens live 1 to 3,650 days.',
    ),
    when(
      closed.length > 0,
      'writable',
      `The pool requires ${closed.join(', ')}: let the client write it, or do not require it.`,
    ),
  ];
};
