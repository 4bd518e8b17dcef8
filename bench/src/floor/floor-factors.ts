import {
  createPublicKey,
  createHmac,
  generateKeyPairSync,
  hash,
  randomBytes,
  randomInt,
  sign,
  verify,
} from 'node:crypto';
import * as parts from './floor-crypto.ts';
import type { FloorDatabase, FloorUser } from './floor-database.ts';

/** What the floor's requests about factors bring along. */
export interface FactorInput {
  readonly name: string;
  readonly password: string;
  readonly state: string;
  readonly code: string;
  readonly block: string;
  readonly clientHex: string;
  readonly clientDataJSON: string;
  readonly authenticatorData: string;
  readonly signature: string;
}

/** What the floor's server does for everybody. */
export interface FactorParts {
  readonly database: FloorDatabase;
  userNamed(name: string): FloorUser;
  requirePassword(password: string): void;
  /** Tokens; `more` is written in the commit of the session. */
  signIn(user: FloorUser, more: () => void): Promise<object>;
}

interface State {
  readonly id: string;
  readonly name: string;
  readonly challenge?: string;
}

/** A passkey of nobody, with a use of it that is verified again and again: that costs what a fresh one does. */
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const storedKey = publicKey.export({ format: 'jwk' });
const usedClientData = JSON.stringify({
  type: 'webauthn.get',
  challenge: randomBytes(16).toString('base64url'),
  origin: 'http://localhost:8400',
  crossOrigin: false,
});
const usedAuthData = Buffer.concat([hash('sha256', 'localhost', 'buffer'), Buffer.alloc(5, 5)]);
const signedData = Buffer.concat([usedAuthData, hash('sha256', usedClientData, 'buffer')]);
const assertion = {
  clientDataJSON: Buffer.from(usedClientData).toString('base64url'),
  authenticatorData: usedAuthData.toString('base64url'),
  signature: sign('sha256', signedData, privateKey).toString('base64url'),
};

const storedSecret = parts.seal(randomBytes(32).toString('base64'));

/**
 * What nobody can leave out of sign-ins with factors: what is proved between two requests is sealed, used once, and noted in the commit of
 * the session; a code by mail is stored as a MAC, in one commit with its message.
 */
export function factorOperations({ database, userNamed, requirePassword, signIn }: FactorParts) {
  const asked = (name: string, more: object = {}) => ({
    state: parts.seal(JSON.stringify({ id: randomBytes(16).toString('hex'), name, ...more })),
  });
  const opened = (state: string) => JSON.parse(parts.open(state)) as State;
  return {
    'totp-start'({ name, password }: FactorInput) {
      userNamed(name);
      requirePassword(password);
      return asked(name);
    },
    'totp-finish'({ state, code }: FactorInput) {
      const { id, name } = opened(state);
      const user = userNamed(name);
      const step = totpStep(Buffer.from(parts.open(storedSecret), 'base64'), code);
      return signIn(user, () => {
        database.noteStep.run(step, name);
        database.insertSpent.run(id);
      });
    },
    'device-ask'({ state, clientHex }: FactorInput) {
      const { id, name } = opened(state);
      userNamed(name);
      database.keptOf.get(name);
      const exchange = parts.srpStart();
      const block = parts.seal(JSON.stringify({ id, name, clientHex, ...exchange }));
      return { SRP_B: exchange.publicHex, block };
    },
    'device-finish'({ block }: FactorInput) {
      const exchange = JSON.parse(parts.open(block)) as State &
        Record<'clientHex' | 'secret' | 'publicHex', string>;
      const { id, name } = exchange;
      const user = userNamed(name);
      database.keptOf.get(name);
      parts.sameDigest(parts.srpFinish(exchange.clientHex, exchange), Buffer.alloc(32));
      return signIn(user, () => {
        database.noteUse.run(Date.now(), name);
        database.insertSpent.run(id);
      });
    },
    async 'code-start'({ name }: FactorInput) {
      const user = userNamed(name);
      const code = String(randomInt(100_000_000)).padStart(8, '0');
      const mac = parts.auditMac(`${name} ${code}`);
      const message = parts.seal(`${user.email}: your code is ${code}, and a text around it.`);
      await database.write(() => {
        database.insertCode.run(name, mac);
        database.insertMessage.run(name, message);
      });
      return { ...asked(name), code };
    },
    'code-finish'({ state, code }: FactorInput) {
      const { id, name } = opened(state);
      const user = userNamed(name);
      const stored = database.codeOf.get(name) as { readonly mac: string } | undefined;
      const mac = Buffer.from(parts.auditMac(`${name} ${code}`));
      if (!parts.sameDigest(mac, Buffer.from(stored?.mac ?? ''))) throw new Error('wrong code');
      return signIn(user, () => {
        database.deleteCode.run(name);
        database.insertSpent.run(id);
      });
    },
    'passkey-start'({ name }: FactorInput) {
      userNamed(name);
      database.keptOf.get(name);
      const challenge = randomBytes(16).toString('base64url');
      return { ...asked(name, { challenge }), assertion };
    },
    'passkey-finish'({ state, clientDataJSON, authenticatorData, signature }: FactorInput) {
      const { id, name } = opened(state);
      const user = userNamed(name);
      database.keptOf.get(name);
      const clientData = Buffer.from(clientDataJSON, 'base64url');
      JSON.parse(clientData.toString());
      const data = Buffer.concat([
        Buffer.from(authenticatorData, 'base64url'),
        hash('sha256', clientData, 'buffer'),
      ]);
      const key = createPublicKey({ format: 'jwk', key: storedKey });
      if (!verify('sha256', data, key, Buffer.from(signature, 'base64url'))) {
        throw new Error('wrong signature');
      }
      return signIn(user, () => {
        database.noteUse.run(Date.now(), name);
        database.insertSpent.run(id);
      });
    },
  };
}

/** Compares the code with those of three steps, and takes any for right: the floor's clients have no application. */
function totpStep(secret: Buffer, code: string): number {
  const now = Math.floor(Date.now() / 30_000);
  const counter = Buffer.alloc(8);
  for (const step of [now - 1, now, now + 1]) {
    counter.writeBigUInt64BE(BigInt(step));
    const mac = createHmac('sha1', secret).update(counter).digest();
    const value = mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fffffff;
    parts.sameDigest(Buffer.from(String(value % 1_000_000).padStart(6, '0')), Buffer.from(code));
  }
  return now;
}
