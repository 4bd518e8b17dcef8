import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChallengeNameType } from '@poolhouse/model';
import { challenges } from '../../sign-in/challenges/index.ts';
import { lacksFactor, onlyFactor, provesSameFactor } from './token-gate.ts';

const pool = (MfaConfiguration: 'ON' | 'OPTIONAL' | 'OFF') =>
  ({ settings: { MfaConfiguration } }) as Parameters<typeof lacksFactor>[0];
const DEVICE = 'DEVICE_PASSWORD_VERIFIER';
const lacks = (...proved: readonly ChallengeNameType[]) =>
  lacksFactor(
    pool('ON'),
    // A device counts where it stood in for a factor.
    proved.map((challenge) => ({ challenge, ...(challenge === DEVICE && { standsIn: true }) })),
  );

/** Challenges that prove the same thing are in one group. */
const factors: readonly (readonly ChallengeNameType[])[] = [
  ['PASSWORD', 'PASSWORD_VERIFIER', 'ADMIN_NO_SRP_AUTH'],
  ['SMS_MFA', 'SMS_OTP'],
  ['EMAIL_OTP'],
  ['SOFTWARE_TOKEN_MFA'],
  ['WEB_AUTHN'],
  ['DEVICE_PASSWORD_VERIFIER'],
  ['CUSTOM_CHALLENGE'],
];
const all = Object.keys(challenges) as ChallengeNameType[];
const placeOf = (name: ChallengeNameType) => factors.findIndex((ways) => ways.includes(name));

test('any two different factors are two, and nothing else is', () => {
  for (const one of all) {
    assert.equal(lacks(one), true, one);
    for (const other of all) {
      const areTwo = placeOf(one) >= 0 && placeOf(other) >= 0 && placeOf(one) !== placeOf(other);
      assert.equal(lacks(one, other), !areTwo, `${one} and ${other}`);
      const isOne = placeOf(one) >= 0 && placeOf(one) === placeOf(other);
      assert.equal(provesSameFactor(one, other), isOne, `${one} and ${other}`);
      assert.equal(lacks(one, other, one), !areTwo, `${one}, ${other} and ${one}`);
    }
  }
});

test('a device that only says which one it is counts as no factor', () => {
  const [first, device] = [{ challenge: 'PASSWORD' }, { challenge: DEVICE }] as const;
  assert.equal(lacksFactor(pool('ON'), [first, device]), true);
  assert.equal(lacksFactor(pool('ON'), [first, { ...device, standsIn: true }]), false);
  assert.equal(lacksFactor(pool('OFF'), [device]), true);
  assert.equal(onlyFactor([first, device]), first);
  assert.equal(onlyFactor([]), undefined);
  const passkey = { challenge: 'WEB_AUTHN' } as const;
  assert.equal(onlyFactor([passkey]), passkey);
  assert.equal(onlyFactor([{ ...passkey, isTwoFactors: true }]), undefined);
  assert.equal(onlyFactor([first, { ...device, standsIn: true }]), undefined);
});

test('only a pool that requires MFA requires two', () => {
  const proofs = [{ challenge: 'PASSWORD' }] as const;
  assert.equal(lacksFactor(pool('OFF'), proofs), false);
  assert.equal(lacksFactor(pool('OPTIONAL'), proofs), false);
  assert.equal(lacksFactor(pool('ON'), proofs), true);
});

test('every pool requires one factor, and what proves nothing is none', () => {
  for (const mfa of ['OFF', 'OPTIONAL', 'ON'] as const) {
    assert.equal(lacksFactor(pool(mfa), []), true);
    assert.equal(lacksFactor(pool(mfa), [{ challenge: 'SELECT_CHALLENGE' }]), true);
  }
});

test('a session about which nothing is known is as good as before', () => {
  assert.equal(lacksFactor(pool('ON'), undefined), false);
});

test('a passkey with a verified user is two factors where its proof says so', () => {
  const proof = { challenge: 'WEB_AUTHN' } as const;
  assert.equal(lacksFactor(pool('ON'), [proof]), true);
  assert.equal(lacksFactor(pool('ON'), [{ ...proof, isTwoFactors: true }]), false);
});
