import { createHash, createHmac } from 'node:crypto';
import { NoCryptography, SrpRefusal, srpTimestamp, startSrp } from './srp-client';
import { generator, groupPrime, power } from './srp-group';

const POOL = 'eu-west-2_mkWmWkOKR';
const POOL_NAME = 'mkWmWkOKR';
const NOW = new Date('2026-08-04T09:05:07.123Z');
const BLOCK = Buffer.from('a secret block ÿ', 'latin1').toString('base64');

/** The other side, by the book: RFC 5054 with the forms of behaviour.md 6.6, on Node's own cryptography. */
function server(identity: { userId: string; password: string; salt: bigint }, secret: bigint) {
  const { userId, password, salt } = identity;
  const inner = sha256(Buffer.from(`${POOL_NAME}${userId}:${password}`));
  const verifier = power(generator, int(sha256(bytes(salt), inner)));
  const k = int(sha256(bytes(groupPrime), bytes(generator)));
  const publicKey = (k * verifier + power(generator, secret)) % groupPrime;
  return {
    challenge: {
      SALT: salt.toString(16),
      SRP_B: publicKey.toString(16),
      SECRET_BLOCK: BLOCK,
      USER_ID_FOR_SRP: userId,
    },
    signature(clientHex: string, timestamp: string): string {
      const a = BigInt(`0x${clientHex}`);
      const u = int(sha256(bytes(a), bytes(publicKey)));
      const shared = power((a * power(verifier, u)) % groupPrime, secret);
      const extracted = hmac(bytes(u), bytes(shared));
      const key = hmac(extracted, Buffer.from('Caldera Derived Key\u0001')).subarray(0, 16);
      const message = [
        Buffer.from(POOL_NAME + userId),
        Buffer.from(BLOCK, 'base64'),
        Buffer.from(timestamp),
      ];
      return hmac(key, Buffer.concat(message)).toString('base64');
    },
  };
}

const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const hmac = (key: Buffer, message: Buffer) => createHmac('sha256', key).update(message).digest();
const int = (value: Buffer) => BigInt(`0x${value.toString('hex')}`);
/** As Java's BigInteger.toByteArray(). */
function bytes(value: bigint): Buffer {
  const hex = value.toString(16);
  const even = hex.length % 2 ? `0${hex}` : hex;
  return Buffer.from(Number.parseInt(even[0] ?? '0', 16) > 7 ? `00${even}` : even, 'hex');
}

const SALTS: Record<string, bigint> = {
  'of the usual kind': 0x3f_a5_00_11_22_33_44_55n,
  'with the top bit set': 0xff_00_00_00_00_00_00_00_00_00_00_00_00_00_00_01n,
  'with an odd number of digits': 0x5_00_01n,
  'of zero': 0n,
};
const PEOPLE = [
  { userId: 'alice', password: 'Password-1!' },
  { userId: 'd16b4aa8-8633-4abd-93b3-5062a8e1b5f8', password: 'pässwörd 密码 🔑: ' },
];

describe('startSrp', () => {
  for (const [look, salt] of Object.entries(SALTS)) {
    for (const person of PEOPLE) {
      it(`proves the password of ${person.userId} with a salt ${look}`, async () => {
        const other = server({ ...person, salt }, 0x1234_5678_9abc_def0_1357_9bdf_0246_8acen);
        const exchange = startSrp(POOL, () => NOW);
        const responses = await exchange.answer(other.challenge, person.password);
        expect(responses).toEqual({
          USERNAME: person.userId,
          PASSWORD_CLAIM_SECRET_BLOCK: BLOCK,
          PASSWORD_CLAIM_SIGNATURE: other.signature(
            exchange.publicHex,
            'Tue Aug 4 09:05:07 UTC 2026',
          ),
          TIMESTAMP: 'Tue Aug 4 09:05:07 UTC 2026',
        });
        const wrong = await exchange.answer(other.challenge, `${person.password}x`);
        expect(wrong['PASSWORD_CLAIM_SIGNATURE']).not.toBe(responses['PASSWORD_CLAIM_SIGNATURE']);
      });
    }
  }

  it('never uses a key twice, and sends no password', async () => {
    const [one, two] = [startSrp(POOL), startSrp(POOL)];
    expect(one.publicHex).not.toBe(two.publicHex);
    const { challenge } = server({ ...PEOPLE[0]!, salt: 7n }, 99n);
    const sent = JSON.stringify(await one.answer(challenge, PEOPLE[0]!.password));
    expect(sent).not.toContain(PEOPLE[0]!.password);
  });

  it('refuses keys that would let a stranger choose the secret', async () => {
    const { challenge } = server({ ...PEOPLE[0]!, salt: 7n }, 99n);
    for (const key of [0n, groupPrime, groupPrime * 2n].map((value) => value.toString(16))) {
      await expect(startSrp(POOL).answer({ ...challenge, SRP_B: key }, 'x')).rejects.toThrow(
        SrpRefusal,
      );
    }
    for (const broken of [{ SRP_B: '' }, { SALT: 'xyz' }, { SRP_B: '-1' }, { SECRET_BLOCK: '*' }]) {
      await expect(startSrp(POOL).answer({ ...challenge, ...broken }, 'x')).rejects.toThrow(
        SrpRefusal,
      );
    }
  });

  it('says what to do on a page that is not secure', () => {
    vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
    try {
      expect(() => startSrp(POOL)).toThrow(NoCryptography);
      expect(() => startSrp(POOL)).toThrow(/https.*signInFlow: 'password'/);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

it('writes times as pools do', () => {
  expect(srpTimestamp(new Date('2026-01-31T23:59:00Z'))).toBe('Sat Jan 31 23:59:00 UTC 2026');
  expect(srpTimestamp(new Date('2026-12-06T00:00:09Z'))).toBe('Sun Dec 6 00:00:09 UTC 2026');
});
