import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import { attributes } from '../../testing/signed-in.ts';
import { openHarness, type Harness } from '../../testing/harness.ts';

const people: readonly [string, Readonly<Record<string, string>>][] = [
  ['ada', { email: 'Ada@x.com', given_name: 'Ada', family_name: 'Lovelace' }],
  ['adam', { email: 'adam@x.com', given_name: 'Adam', phone_number: '+31600000001' }],
  ['bob', { email: 'bob@y.com', name: 'Bob "the" \\builder', preferred_username: 'b' }],
  ['Cleo', {}],
];

async function withPeople(harness: Harness) {
  const { UserPoolId } = await harness.makePool();
  for (const [Username, values] of people) {
    const UserAttributes = attributes(values);
    await harness.call('AdminCreateUser', {
      UserPoolId,
      Username,
      UserAttributes,
      MessageAction: 'SUPPRESS',
    });
  }
  await harness.call('AdminDisableUser', { UserPoolId, Username: 'bob' });
  const Password = 'Correct-Horse-7';
  const set = { UserPoolId, Username: 'Cleo', Password, Permanent: true };
  await harness.call('AdminSetUserPassword', set);
  const names = async (more: Partial<InputOf<'ListUsers'>>) => {
    const { Users = [] } = await harness.call('ListUsers', { UserPoolId, ...more });
    return Users.map(({ Username = '' }) => Username).toSorted();
  };
  return { UserPoolId, names };
}

test('users are listed with what an administrator may see, and nothing secret', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await withPeople(harness);
  const answer = await harness.call('ListUsers', { UserPoolId });
  assert.deepEqual(Object.keys(answer), ['Users']);
  const cleo = answer.Users?.find(({ Username }) => Username === 'Cleo');
  assert.deepEqual(cleo, {
    Username: 'Cleo',
    Attributes: [cleo?.Attributes?.[0]],
    UserCreateDate: harness.world.clock.nowMs() / 1000,
    UserLastModifiedDate: harness.world.clock.nowMs() / 1000,
    Enabled: true,
    UserStatus: 'CONFIRMED',
  });
  assert.equal(cleo?.Attributes?.[0]?.Name, 'sub');
  assert.doesNotMatch(JSON.stringify(answer), /sealed|\$test\$|Horse/i);
});

test('filters find by one attribute', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, names } = await withPeople(harness);
  const all = ['Cleo', 'ada', 'adam', 'bob'];
  const cases: readonly [string, readonly string[]][] = [
    ['', all],
    ['username = "ada"', ['ada']],
    ['username ^= "ada"', ['ada', 'adam']],
    ['username = "cleo"', []],
    ['email = "ADA@x.com"', ['ada']],
    ['"email"^="ad"', ['ada', 'adam']],
    ['email = "ad%"', []],
    ['given_name ^= "Ada"', ['ada', 'adam']],
    ['family_name = "lovelace"', ['ada']],
    ['phone_number ^= "+316"', ['adam']],
    ['preferred_username = "b"', ['bob']],
    [String.raw`name = "Bob \"the\" \\builder"`, ['bob']],
    ['cognito:user_status = "confirmed"', ['Cleo']],
    ['cognito:user_status ^= "FORCE"', ['ada', 'adam', 'bob']],
    ['status = "Disabled"', ['bob']],
    ['status = "Enabled"', ['Cleo', 'ada', 'adam']],
    ['status = "disabled"', []],
    [`name = "x' OR '1'='1"`, []],
  ];
  for (const [Filter, expected] of cases) {
    assert.deepEqual(await names({ Filter }), expected, Filter);
  }
  const { UserAttributes = [] } = await harness.call('AdminGetUser', {
    UserPoolId,
    Username: 'ada',
  });
  const Filter = `sub = "${UserAttributes[0]?.Value}"`;
  assert.deepEqual(await names({ Filter }), ['ada']);
});

test('pages go on where they ended, with the same filter only, for an hour', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await withPeople(harness);
  for (const Filter of ['', 'username ^= "a"', 'status = "Enabled"', 'email ^= "a"']) {
    const seen: unknown[] = [];
    let PaginationToken: string | undefined;
    do {
      const page = await harness.call('ListUsers', {
        UserPoolId,
        Filter,
        Limit: 1,
        PaginationToken,
      });
      assert.ok((page.Users?.length ?? 0) <= 1);
      seen.push(...(page.Users ?? []));
      PaginationToken = page.PaginationToken;
    } while (PaginationToken !== undefined);
    const { Users = [] } = await harness.call('ListUsers', { UserPoolId, Filter, Limit: 0 });
    assert.ok(Users.length > 1);
    const byJson = (list: readonly unknown[]) =>
      list.map((item) => JSON.stringify(item)).toSorted();
    assert.deepEqual(byJson(seen), byJson(Users), Filter);
  }
  const first = await harness.call('ListUsers', { UserPoolId, Limit: 1 });
  const PaginationToken = first.PaginationToken ?? '';
  const other = await harness.makePool();
  const invalid = 'InvalidParameterException';
  for (const more of [
    { PaginationToken: `${PaginationToken}x` },
    { PaginationToken: 'made-up' },
    { Filter: 'status = "Enabled"' },
    { UserPoolId: other.UserPoolId },
  ]) {
    await harness.refuses('ListUsers', { UserPoolId, PaginationToken, ...more }, invalid);
  }
  harness.advance(3_600_000);
  await harness.refuses('ListUsers', { UserPoolId, PaginationToken }, invalid);
});

test('AttributesToGet narrows what is shown', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await withPeople(harness);
  const Filter = 'username = "ada"';
  const shown = async (AttributesToGet: readonly string[]) =>
    (await harness.call('ListUsers', { UserPoolId, Filter, AttributesToGet })).Users?.[0]
      ?.Attributes;
  assert.deepEqual(await shown(['email']), attributes({ email: 'Ada@x.com' }));
  assert.deepEqual(await shown(['nickname']), []);
  assert.equal((await shown([]))?.length, 4);
});

test('what ListUsers cannot answer is refused', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await withPeople(harness);
  const cases = [
    [
      { Filter: 'custom:role = "x"' },
      'InvalidParameterException',
      'Input fails to satisfy the constraints.',
    ],
    [{ Filter: 'email == "x"' }, 'InvalidParameterException', 'Error while parsing filter.'],
    [{ Filter: `email = "${'x'.repeat(256)}"` }, 'InvalidParameterException', /256/],
    [{ Limit: 61 }, 'InvalidParameterException', /less than or equal to 60/],
    [{ Limit: -1 }, 'InvalidParameterException', /greater than or equal to 0/],
    [{ AttributesToGet: ['custom:none'] }, 'InvalidParameterException', /do not exist/],
    [{ UserPoolId: 'eu-west-1_NoSuchOne' }, 'ResourceNotFoundException', /NoSuchOne/],
  ] as const;
  for (const [more, code, text] of cases) {
    await harness.refuses('ListUsers', { UserPoolId, ...more }, code, text);
  }
});
