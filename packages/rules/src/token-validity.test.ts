import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokenValidity, tokenValidityProblem, unitMs } from './token-validity.ts';

const HOUR_MS = 3_600_000;

test('validities have their units, and defaults that do not depend on them', () => {
  assert.deepEqual(tokenValidity({}), {
    accessMs: HOUR_MS,
    idMs: HOUR_MS,
    refreshMs: 720 * HOUR_MS,
    sessionMs: 180_000,
  });
  const units = { AccessToken: 'minutes', IdToken: 'seconds', RefreshToken: 'hours' } as const;
  assert.deepEqual(tokenValidity({ TokenValidityUnits: units }), {
    accessMs: HOUR_MS,
    idMs: HOUR_MS,
    refreshMs: 720 * HOUR_MS,
    sessionMs: 180_000,
  });
  const given = {
    AccessTokenValidity: 10,
    IdTokenValidity: 600,
    RefreshTokenValidity: 2,
    AuthSessionValidity: 15,
  };
  assert.deepEqual(tokenValidity({ ...given, TokenValidityUnits: units }), {
    accessMs: 600_000,
    idMs: 600_000,
    refreshMs: 2 * HOUR_MS,
    sessionMs: 900_000,
  });
});

test('access and ID tokens live five minutes to a day, refresh tokens an hour to ten years and longest', () => {
  const { minutes, hours, days } = unitMs;
  const good = { accessMs: hours, idMs: hours, refreshMs: 30 * days };
  for (const [change, problem] of [
    [{}, undefined],
    [{ accessMs: 5 * minutes, idMs: days }, undefined],
    [{ accessMs: 5 * minutes - 1 }, 'out-of-range'],
    [{ idMs: days + 1 }, 'out-of-range'],
    [{ refreshMs: hours }, undefined],
    [{ refreshMs: hours - 1 }, 'out-of-range'],
    [{ refreshMs: 3650 * days }, undefined],
    [{ refreshMs: 3650 * days + 1 }, 'out-of-range'],
    [{ refreshMs: hours, idMs: hours + 1 }, 'beyond-refresh'],
  ] as const) {
    assert.equal(tokenValidityProblem({ ...good, ...change }), problem, JSON.stringify(change));
  }
});
