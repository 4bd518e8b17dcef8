import { isArn } from '../../../shared/checks/arn.ts';
import { recoveryConflicts } from '../../../shared/factor-texts.ts';
import { when, type Check } from '../../draft/problem.ts';
import { isFactor } from './sends-sms.ts';

/**
 * What can be wrong with second factors, recovery and the role that sends SMS. Source: settings.md 2.2, 3; API model, CreateUserPool.
 */
export const mfaProblems: Check = (choices) => {
  const { mfa, factors, verify, recovery, smsRole } = choices;
  return [
    when(
      mfa !== 'off' && factors.length === 0,
      'factors',
      'Choose at least one, or turn the second factor off.',
    ),
    when(isFactor(choices, 'email') && recovery === 'email', 'recovery', recoveryConflicts.email),
    when(isFactor(choices, 'sms') && recovery === 'phone', 'recovery', recoveryConflicts.sms),
    when(
      smsRole === '' && verify.includes('phone_number'),
      'smsRole',
      'Phone numbers are verified by SMS: name the role that sends it, or fill in the example.',
    ),
    when(
      smsRole === '' && isFactor(choices, 'sms'),
      'smsRole',
      'The second factor is sent by SMS: name the role that sends it, or fill in the example.',
    ),
    when(
      smsRole !== '' && !isArn(smsRole),
      'smsRole',
      'A role looks like arn:aws:iam::123456789012:role/name.',
    ),
  ];
};
