import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChallengeNameType, DeviceConfigurationType } from '@poolhouse/model';
import { asksUsers, standsIn, tracksDevices } from '../domain/devices/device-settings.ts';
import type { MfaMethod } from '../domain/pools/mfa-methods.ts';
import type { Proof } from '../domain/tokens/session.ts';
import type { User } from '../domain/users/user.ts';
import { challenges } from './challenges/index.ts';
import { nextStep, type StepFacts, type Turn } from './next-step.ts';

/* What a device that the app has named changes about the next step, as a table. */

const turns: readonly Turn[] = Object.values(challenges).filter((one) => one !== 'not-built');
const STANDING_IN: DeviceConfigurationType = { ChallengeRequiredOnNewDevice: true };
const TELLING: DeviceConfigurationType = { ChallengeRequiredOnNewDevice: false };

type Device = 'remembered' | 'known' | undefined;
type Asks = ChallengeNameType | 'tokens' | 'factor-missing';

interface Row {
  readonly pool?: DeviceConfigurationType;
  readonly mfa?: 'ON' | 'OPTIONAL' | 'OFF';
  /** What the user has turned on. */
  readonly on?: readonly MfaMethod[];
  /** Whether the user can answer nothing, and has to set something up, of all methods or of one. */
  readonly isBare?: boolean | 'one';
  readonly proofs?: readonly (ChallengeNameType | Omit<Proof, 'atMs'>)[];
  readonly mustChange?: boolean;
  readonly device: Device;
  readonly next: Asks;
}

const DEVICE = 'DEVICE_PASSWORD_VERIFIER';
const rows: readonly Row[] = [
  // Without a second factor, a device that the pool knows proves itself after the first.
  { device: undefined, next: 'tokens' },
  { device: 'known', next: 'DEVICE_SRP_AUTH' },
  { device: 'remembered', next: 'DEVICE_SRP_AUTH' },
  { pool: TELLING, device: 'remembered', next: 'DEVICE_SRP_AUTH' },
  { mfa: 'OPTIONAL', device: 'remembered', next: 'DEVICE_SRP_AUTH' },
  { proofs: [], device: 'remembered', next: 'factor-missing' },
  { proofs: ['PASSWORD', DEVICE], device: 'remembered', next: 'tokens' },
  { proofs: ['EMAIL_OTP'], device: 'known', next: 'DEVICE_SRP_AUTH' },
  { proofs: ['CUSTOM_CHALLENGE'], device: 'known', next: 'DEVICE_SRP_AUTH' },
  { proofs: ['SELECT_CHALLENGE'], device: 'remembered', next: 'factor-missing' },
  // Instead of an application or a text message, where it is remembered and the pool says so.
  ...(['OPTIONAL', 'ON'] as const).flatMap((mfa): Row[] => [
    ...(['SOFTWARE_TOKEN_MFA', 'SMS_MFA'] as const).flatMap((method): Row[] => {
      const on = [method];
      return [
        { mfa, on, device: undefined, next: method },
        { mfa, on, device: 'known', next: method },
        { mfa, on, device: 'remembered', next: 'DEVICE_SRP_AUTH' },
        { mfa, on, pool: TELLING, device: 'remembered', next: method },
        {
          ...{ mfa, on, proofs: ['PASSWORD', { challenge: DEVICE, standsIn: true }] },
          ...{ device: 'remembered', next: 'tokens' },
        },
        // One that only said which it is has proved no factor.
        { mfa, on, proofs: ['PASSWORD', DEVICE], device: 'remembered', next: method },
        { mfa, on, proofs: ['PASSWORD', method], device: 'remembered', next: 'tokens' },
        { mfa, on, proofs: ['PASSWORD', method], device: 'known', next: 'tokens' },
      ];
    }),
    { mfa, on: ['EMAIL_OTP'], device: 'remembered', next: 'EMAIL_OTP' },
    { mfa, on: ['EMAIL_OTP'], device: 'known', next: 'EMAIL_OTP' },
    {
      ...{ mfa, on: ['EMAIL_OTP'], proofs: ['PASSWORD', 'EMAIL_OTP'] },
      ...{ device: 'remembered', next: 'tokens' },
    },
    { mfa, on: ['SMS_MFA', 'EMAIL_OTP'], device: 'remembered', next: 'DEVICE_SRP_AUTH' },
    { mfa, on: ['SMS_MFA', 'EMAIL_OTP'], device: 'known', next: 'SELECT_MFA_TYPE' },
    {
      ...{ mfa, on: ['SOFTWARE_TOKEN_MFA'] },
      ...{ proofs: [{ challenge: 'WEB_AUTHN', isTwoFactors: true }] },
      ...{ device: 'remembered', next: 'tokens' },
    },
  ]),
  // Nor does it stand in for what is still to be set up, or for a new password.
  { mfa: 'ON', isBare: true, device: 'remembered', next: 'MFA_SETUP' },
  { mfa: 'ON', isBare: 'one', device: 'remembered', next: 'MFA_SETUP' },
  { mfa: 'OPTIONAL', isBare: true, device: 'remembered', next: 'DEVICE_SRP_AUTH' },
  { mustChange: true, device: 'remembered', next: 'NEW_PASSWORD_REQUIRED' },
];

for (const row of rows) {
  const { device, next, proofs = ['PASSWORD'], pool = STANDING_IN, mfa = 'OFF', on = [] } = row;
  const named = proofs.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
  const told = [
    ...[`${named.join(' and ') || 'nothing'} proved`, `MFA ${mfa}`, on.join(' and ')],
    ...[
      pool === TELLING ? 'no device stands in' : '',
      row.isBare ? `nothing to answer of ${row.isBare === 'one' ? 'one' : 'three'}` : '',
    ],
    ...[row.mustChange ? 'a temporary password' : '', `${device ?? 'no'} device`],
  ].filter((text) => text !== '');
  test(`${told.join(', ')}: ${next}`, () => {
    const step = nextStep(factsOf(row, { device, proofs, pool, mfa, on }), turns);
    const asked =
      step.kind === 'challenge' ? step.name : step.kind === 'refuse' ? step.reason : 'tokens';
    assert.equal(asked, next);
  });
}

function factsOf(
  { isBare, mustChange }: Row,
  {
    device,
    proofs,
    pool,
    mfa,
    on,
  }: Required<Pick<Row, 'proofs' | 'pool' | 'mfa' | 'on'>> & {
    readonly device: Device;
  },
): StepFacts {
  const user = {
    ...{ enabled: true, status: mustChange ? 'FORCE_CHANGE_PASSWORD' : 'CONFIRMED' },
    attributes: isBare ? {} : { email: 'a@example.com', phone_number: '+15550001111' },
    ...(!isBare && { sealedSoftwareToken: 'sealed' }),
    ...(on.length > 0 && { mfa: { enabled: on } }),
  } as unknown as User;
  return {
    proofs: proofs.map((one) => ({
      ...(typeof one === 'string' ? { challenge: one } : one),
      atMs: 1,
    })),
    pool: {
      settings: { MfaConfiguration: mfa, DeviceConfiguration: pool, SmsConfiguration: {} },
    } as unknown as StepFacts['pool'],
    configurations: {
      mfa: {
        ...(isBare !== 'one' && { SmsMfaConfiguration: {}, EmailMfaConfiguration: {} }),
        SoftwareTokenMfaConfiguration: { Enabled: true },
      },
    },
    client: { settings: {} },
    user,
    device: device && { isRemembered: device === 'remembered' },
    nowMs: 1,
  };
}

test('any value of the setting turns devices on, and each of its members says one thing', () => {
  const pool = (DeviceConfiguration: DeviceConfigurationType | undefined) =>
    ({ settings: { DeviceConfiguration } }) as unknown as StepFacts['pool'];
  assert.equal(tracksDevices(pool(undefined)), false);
  assert.equal(tracksDevices(pool({})), true);
  assert.equal(tracksDevices(pool(TELLING)), true);
  assert.equal(asksUsers(pool(undefined)), false);
  assert.equal(asksUsers(pool(STANDING_IN)), false);
  assert.equal(asksUsers(pool({ DeviceOnlyRememberedOnUserPrompt: true })), true);
  const remembered = { isRemembered: true };
  assert.equal(standsIn(pool(undefined), remembered), false);
  assert.equal(standsIn(pool({}), remembered), false);
  assert.equal(standsIn(pool(TELLING), remembered), false);
  assert.equal(standsIn(pool(STANDING_IN), remembered), true);
  assert.equal(standsIn(pool(STANDING_IN), { isRemembered: false }), false);
});
