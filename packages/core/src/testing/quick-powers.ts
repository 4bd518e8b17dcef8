/**
 * Lets cognito-srp-helper raise to powers with OpenSSL where a test is not about its arithmetic: its own takes a hundred milliseconds
 * for each, most of what a sign-in by SRP costs in tests. `srp-clients.slow.test.ts` runs the helper as it is.
 */
import { createRequire } from 'node:module';
import {
  groupPrime,
  hexOfInteger,
  integerOfHex,
  reduce,
  secretPower,
} from '../crypto/srp/srp-group.ts';

interface BigInteger {
  toString(radix: number): string;
  modPow(exponent: BigInteger, modulus: BigInteger): BigInteger;
}
/** The very package that the helper computes with. */
const { BigInteger } = createRequire(import.meta.resolve('cognito-srp-helper'))('jsbn') as {
  readonly BigInteger: { new (digits: string, radix: number): BigInteger; prototype: BigInteger };
};
// It reads `this` from whom it is called on.
const ownPower: BigInteger['modPow'] = Reflect.get(BigInteger.prototype, 'modPow');

BigInteger.prototype.modPow = function (exponent, modulus) {
  const inGroup = valueOf(modulus) === groupPrime;
  const bytes = Buffer.from(hexOfInteger(valueOf(exponent)), 'hex');
  const power = inGroup ? secretPower(reduce(valueOf(this)), bytes) : undefined;
  return power === undefined
    ? ownPower.call(this, exponent, modulus)
    : new BigInteger(power.toString(16), 16);
};

function valueOf(integer: BigInteger): bigint {
  const hex = integer.toString(16);
  return hex.startsWith('-') ? -integerOfHex(hex.slice(1)) : integerOfHex(hex);
}
