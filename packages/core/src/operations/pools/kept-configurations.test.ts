import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientId, poolId } from '../../domain/ids.ts';
import { openHarness, type Harness } from '../../testing/harness.ts';

/* What operations of their own set stands apart from a pool's settings (ADR 27). Tests write the store, as no operation is needed for that. */

const mfa = {
  SoftwareTokenMfaConfiguration: { Enabled: true },
  WebAuthnConfiguration: { RelyingPartyId: 'shop.example', UserVerification: 'preferred' as const },
};
const risk = {
  CompromisedCredentialsRiskConfiguration: { Actions: { EventAction: 'BLOCK' as const } },
};
const poolsLooks = { CSS: '.logo-customizable { }', CSSVersion: '20261123090000' };
const clientsLooks = { CSS: '.banner-customizable { }' };

async function configuredPool(harness: Harness) {
  const { UserPoolId, ClientId } = await harness.makePool();
  const pool = poolId(UserPoolId);
  const client = clientId(ClientId);
  const nowMs = harness.world.clock.nowMs();
  await harness.storage.transaction(async ({ configurations }) => {
    const looks = { poolId: pool, kind: 'ui-customization' } as const;
    await configurations.change({ poolId: pool, kind: 'mfa' }, () => mfa, nowMs);
    await configurations.change({ poolId: pool, kind: 'risk' }, () => risk, nowMs);
    await configurations.change(looks, () => poolsLooks, nowMs);
    await configurations.change({ ...looks, clientId: client }, () => clientsLooks, nowMs);
  });
  return { UserPoolId, ClientId, LastModifiedDate: nowMs / 1000 };
}

/** What the reads say of a pool and one of its app clients. */
async function shown(harness: Harness, UserPoolId: string, ClientId: string) {
  return {
    mfa: await harness.call('GetUserPoolMfaConfig', { UserPoolId }),
    risk: await harness.call('DescribeRiskConfiguration', { UserPoolId }),
    clientsRisk: await harness.call('DescribeRiskConfiguration', { UserPoolId, ClientId }),
    looks: await harness.call('GetUICustomization', { UserPoolId }),
    clientsLooks: await harness.call('GetUICustomization', { UserPoolId, ClientId }),
  };
}

test('reads show what is configured, of an app client its own', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId, LastModifiedDate } = await configuredPool(harness);
  const ofPool = { UserPoolId, LastModifiedDate };
  assert.deepEqual(await shown(harness, UserPoolId, ClientId), {
    mfa: { ...mfa, MfaConfiguration: 'OFF' },
    risk: { RiskConfiguration: { ...ofPool, ...risk } },
    clientsRisk: { RiskConfiguration: { UserPoolId, ClientId } },
    looks: { UICustomization: { ...ofPool, ClientId: 'ALL', ...poolsLooks } },
    clientsLooks: { UICustomization: { ...ofPool, ClientId, ...clientsLooks } },
  });
  const { UserPoolClient } = await harness.call('CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'plain',
  });
  const plain = { UserPoolId, ClientId: UserPoolClient?.ClientId };
  const { looks } = await shown(harness, UserPoolId, ClientId);
  assert.deepEqual(await harness.call('GetUICustomization', plain), looks, 'the pool’s');
});

test('UpdateUserPool and UpdateUserPoolClient leave them alone', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId } = await configuredPool(harness);
  const before = await shown(harness, UserPoolId, ClientId);
  harness.advance(60_000);
  await harness.call('UpdateUserPool', { UserPoolId });
  await harness.call('UpdateUserPool', { UserPoolId, PoolName: 'renamed', UserPoolTags: {} });
  await harness.call('UpdateUserPoolClient', { UserPoolId, ClientId });
  assert.deepEqual(await shown(harness, UserPoolId, ClientId), before);
});
