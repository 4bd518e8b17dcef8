import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemRandom } from './primitives/random.ts';
import { makeTotpSecret, totpCode, totpStepOf } from './totp.ts';

/** RFC 6238, appendix B: the ASCII text 12345678901234567890. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

test('codes are those of RFC 6238', () => {
  // The last six of the eight digits that appendix B lists for SHA-1.
  const listed = [
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ] as const;
  for (const [seconds, code] of listed) {
    assert.equal(totpCode(SECRET, Math.floor(seconds / 30)), code, String(seconds));
  }
});

test('a code is right in its own step and in the steps beside it', () => {
  const step = 60_000_000;
  const code = totpCode(SECRET, step);
  for (const [offset, expected] of [
    [-2, undefined],
    [-1, step],
    [0, step],
    [1, step],
    [2, undefined],
  ] as const) {
    assert.equal(totpStepOf(SECRET, code, (step + offset) * 30_000 + 1), expected, String(offset));
  }
  assert.equal(totpStepOf(SECRET, '', step * 30_000), undefined);
  assert.equal(totpStepOf(SECRET, `${code}0`, step * 30_000), undefined);
});

test('secrets are 52 characters of base32, and none is like another', () => {
  const secrets = Array.from({ length: 50 }, () => makeTotpSecret(systemRandom));
  for (const secret of secrets) assert.match(secret, /^[A-Z2-7]{52}$/);
  assert.equal(new Set(secrets).size, 50);
  const first = {
    bytes: (count: number) => Buffer.from(Array.from({ length: count }, (_, index) => index)),
  };
  // 256 bits fill 51 characters and one bit of the last.
  assert.equal(makeTotpSecret(first), 'AAAQEAYEAUDAOCAJBIFQYDIOB4IBCEQTCQKRMFYYDENBWHA5DYPQ');
});
