import type { PasswordPolicy } from '@poolhouse/angular';
import { screenTexts } from '../texts/screen-texts';
import { passwordRules, passwordRulesAttribute } from './password-rules';

const unmet = (password: string, policy: PasswordPolicy | undefined = {}) =>
  passwordRules(policy, password, screenTexts)
    .filter(({ met }) => !met)
    .map(({ label }) => label);

const { ruleLower, ruleUpper, ruleNumber, ruleSymbol, ruleEdges } = screenTexts;
const length = (minimum: number) => `${minimum} or more characters`;

describe('passwordRules', () => {
  it.each([
    ['', [length(8), ruleLower, ruleUpper, ruleNumber, ruleSymbol]],
    ['abcdefgh', [ruleUpper, ruleNumber, ruleSymbol]],
    ['Abcdef1!', []],
    ['Abcde1!', [length(8)]],
    ['ÄÖÜäöü1!', []],
    ['Ab1!😀😀😀', [length(8)]],
    ['Ab1!😀😀😀😀', []],
    ['Abc def1', []],
    ['Abcdef1 ', [ruleSymbol, ruleEdges]],
    ['Abcdef1§', [ruleSymbol]],
    ['Abcdef1=', []],
  ])('of %j still misses %j', (password, missing) => {
    expect(unmet(password)).toEqual(missing);
  });

  it('are none where the policy is not known, but for what no pool takes', () => {
    const labels = (password: string) =>
      passwordRules(undefined, password, screenTexts).map(({ label }) => label);
    expect(labels('')).toEqual([]);
    expect(labels('pond-light-gravel')).toEqual([]);
    expect(labels(' pond')).toEqual([ruleEdges]);
  });

  it('follows the policy that the pool has', () => {
    const policy = {
      minimumLength: 12,
      requireLowercase: false,
      requireUppercase: false,
      requireNumbers: false,
      requireSymbols: false,
    };
    expect(unmet('lower only', policy)).toEqual([length(12)]);
    expect(unmet('long enough here', policy)).toEqual([]);
  });
});

describe('passwordRulesAttribute', () => {
  it('says the policy to password managers, and nothing without one', () => {
    expect(passwordRulesAttribute(undefined)).toBeNull();
    expect(passwordRulesAttribute({})).toBe(
      'minlength: 8; required: lower; required: upper; required: digit; ' +
        'required: [-^$*.{}()?!@#%&/,><:;|_~+=]; allowed: lower; allowed: upper; allowed: digit;',
    );
    const long = { minimumLength: 15, requireUppercase: false, requireNumbers: false };
    expect(
      passwordRulesAttribute({ ...long, requireLowercase: false, requireSymbols: false }),
    ).toBe('minlength: 15; allowed: lower; allowed: upper; allowed: digit;');
  });
});
