import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pool } from '../pools/pool.ts';
import { recoveryDestination } from './recovery.ts';

type Mechanism = 'verified_email' | 'verified_phone_number' | 'admin_only';

function poolWith(...names: readonly Mechanism[]): Pool {
  const RecoveryMechanisms = names.map((Name, at) => ({ Name, Priority: at + 1 })).toReversed();
  const settings = names.length > 0 ? { AccountRecoverySetting: { RecoveryMechanisms } } : {};
  return { settings } as unknown as Pool;
}

const email = { email: 'ada@example.com' };
const phone = { phone_number: '+31612345678' };
const emailProved = { ...email, email_verified: 'true' };
const phoneProved = { ...phone, phone_number_verified: 'true' };

test('the reset code goes to the first verified address in the order of the pool', () => {
  const cases: readonly [readonly Mechanism[], Record<string, string>, string][] = [
    [[], { ...emailProved, ...phoneProved }, phone.phone_number],
    [[], { ...emailProved, ...phone }, email.email],
    [[], { ...email, ...phone, phone_number_verified: 'false' }, 'nowhere'],
    [[], { email_verified: 'true' }, 'nowhere'],
    [['verified_email', 'verified_phone_number'], { ...emailProved, ...phoneProved }, email.email],
    [['verified_email', 'verified_phone_number'], { ...email, ...phoneProved }, '+31612345678'],
    [['verified_email'], phoneProved, 'nowhere'],
    [['verified_phone_number'], { ...emailProved, ...phoneProved }, phone.phone_number],
    [['admin_only'], { ...emailProved, ...phoneProved }, 'administrator'],
  ];
  for (const [mechanisms, attributes, expected] of cases) {
    const found = recoveryDestination(poolWith(...mechanisms), { attributes });
    const got = found.kind === 'address' ? found.destination : found.kind;
    assert.equal(got, expected, JSON.stringify([mechanisms, attributes]));
  }
});
