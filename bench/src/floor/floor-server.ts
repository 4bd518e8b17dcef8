import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as parts from './floor-crypto.ts';
import { openFloor, type FloorUser } from './floor-database.ts';
import { factorOperations, type FactorInput } from './floor-factors.ts';

/**
 * A server that does for each operation only what nobody could leave out (performance.md, "Floors"): one HTTP request and response with
 * `node:http`, one read or one insert, the signatures, the hash, the exponentiations. It has no protocol, and checks only the signature of
 * administrators' requests.
 */
interface Input extends FactorInput {
  readonly email: string;
  readonly token: string;
  readonly after: string;
}

const database = openFloor(process.argv[2] ?? '');
const salt = randomBytes(16);
const storedTag = await parts.hashPassword('Floor-Passw0rd!', salt);
const storedMac = parts.testHash('Floor-Passw0rd!');

function userNamed(name: string): FloorUser {
  const row = database.userByName.get(name) as FloorUser | undefined;
  if (row === undefined) throw new Error(`no user ${name}`);
  return row;
}

function tokensOf(user: FloorUser) {
  const nowSeconds = Math.floor(Date.now() / 1000);
  const common = {
    sub: user.name,
    iss: 'http://localhost/floor',
    origin_jti: randomUUID(),
    event_id: randomUUID(),
    auth_time: nowSeconds,
    exp: nowSeconds + 3600,
    iat: nowSeconds,
    jti: randomUUID(),
  };
  const attributes = JSON.parse(user.attributes) as object;
  return {
    AccessToken: parts.signToken({ ...common, token_use: 'access', scope: 'admin' }),
    IdToken: parts.signToken({ ...common, ...attributes, token_use: 'id', aud: 'client' }),
    ExpiresIn: 3600,
    TokenType: 'Bearer',
  };
}

/** The end of every sign-in: one row is stored, and more with some, two tokens are signed. */
async function signIn(user: FloorUser, more: () => void = () => undefined) {
  const token = randomBytes(32).toString('base64url');
  await database.write(() => {
    more();
    database.insertSession.run(token, user.name);
  });
  return { AuthenticationResult: { ...tokensOf(user), RefreshToken: token } };
}

function shown(user: FloorUser) {
  const attributes = JSON.parse(user.attributes) as Record<string, string>;
  return {
    Username: user.name,
    UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
    UserStatus: user.status,
    UserCreateDate: user.created_at_ms / 1000,
  };
}

async function insertUser({ name, email }: Input, status: string, sealed: string): Promise<void> {
  const attributes = JSON.stringify({ email, email_verified: 'false' });
  await database.write(() =>
    database.insertUser.run(name, email, status, attributes, Date.now(), sealed),
  );
}

/** What an administrator's new user needs besides its row, in the same commit: two names, the mail with the password, the audit entry. */
async function createUser(input: Input, sealed: string): Promise<object> {
  const { name, email } = input;
  const message = parts.seal('Your password is in here, and a text around it.');
  const entry = JSON.stringify({ operation: 'AdminCreateUser', who: 'bench', name, email });
  const attributes = JSON.stringify({ email, email_verified: 'false' });
  await database.write(() => {
    database.insertUser.run(name, email, 'FORCE_CHANGE_PASSWORD', attributes, Date.now(), sealed);
    for (const key of [name, `${name} ${email}`]) database.insertName.run(key, name);
    database.insertMessage.run(name, message);
    database.insertEntry.run(entry, parts.auditMac(entry));
  });
  return { User: { Username: name } };
}

function requirePassword(password: string): void {
  if (!parts.sameDigest(parts.testHash(password), storedMac)) throw new Error('wrong password');
}

const operations: Readonly<Record<string, (input: Input) => unknown>> = {
  async 'password-sign-in'({ name, password }) {
    const user = userNamed(name);
    const tag = await parts.hashPassword(password, salt);
    if (!parts.sameDigest(tag, storedTag)) throw new Error('wrong password');
    return signIn(user);
  },
  'test-sign-in'({ name, password }) {
    const user = userNamed(name);
    requirePassword(password);
    return signIn(user);
  },
  'srp-start'({ name, clientHex }) {
    userNamed(name);
    const exchange = parts.srpStart();
    const block = parts.seal(JSON.stringify({ name, clientHex, ...exchange }));
    return { ChallengeParameters: { SRP_B: exchange.publicHex, SECRET_BLOCK: block } };
  },
  'srp-finish'({ block }) {
    const exchange = JSON.parse(parts.open(block)) as Record<
      'name' | 'clientHex' | 'secret' | 'publicHex',
      string
    >;
    const user = userNamed(exchange.name);
    parts.sameDigest(parts.srpFinish(exchange.clientHex, exchange), storedTag);
    return signIn(user);
  },
  refresh({ token }) {
    const user = database.userByToken.get(token) as FloorUser | undefined;
    if (user === undefined) throw new Error('no such token');
    return { AuthenticationResult: tokensOf(user) };
  },
  'get-user': ({ token }) => shown(userNamed(parts.verifyToken(token).sub)),
  'admin-get-user': ({ name }) => shown(userNamed(name)),
  'list-users'({ after }) {
    const rows = database.pageByEmail.all(after) as unknown as FloorUser[];
    return { Users: rows.slice(0, 60).map(shown), after: rows[59]?.email };
  },
  async 'sign-up'(input) {
    const tag = await parts.hashPassword(input.password);
    const verifier = parts.powerOfGenerator(tag).toString(16);
    const password = parts.seal(JSON.stringify([tag.toString('base64'), verifier]));
    await insertUser(input, 'UNCONFIRMED', `${password} ${parts.seal('Your code is 123456')}`);
    return { UserConfirmed: false };
  },
  async confirm({ name }) {
    await database.write(() => database.confirmUser.run(name));
    return {};
  },
  async 'admin-create-user'(input) {
    return createUser(input, parts.seal(randomBytes(12).toString('base64')));
  },
  async 'admin-create-user-srp'(input) {
    const verifier = parts.powerOfGenerator(randomBytes(32)).toString(16);
    return createUser(input, parts.seal(`${randomBytes(12).toString('base64')} ${verifier}`));
  },
  ...factorOperations({ database, userNamed, requirePassword, signIn }),
};

async function answer(request: IncomingMessage, body: string): Promise<string> {
  const path = request.url?.slice(1) ?? '';
  const operation = operations[path];
  // Computed as the product does for a signature, and compared with the result.
  if (
    path.startsWith('admin-') &&
    parts.requestMac(path, String(request.headers.host), body).length !== 32
  )
    throw new Error('wrong signature');
  if (operation === undefined) throw new Error(`no operation ${request.url}`);
  return JSON.stringify(await operation(JSON.parse(body) as Input));
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const send = (status: number, text: string): void => {
      const length = Buffer.byteLength(text);
      response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': length });
      response.end(text);
    };
    answer(request, Buffer.concat(chunks).toString()).then(
      (text) => send(200, text),
      (error: unknown) => send(500, String(error)),
    );
  });
});
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
