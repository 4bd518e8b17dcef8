/**
 * better-auth on SQLite, set up as its documentation does it, with what the product has too: durable commits, no limit of requests.
 * Copied to where the peers are installed. `node FILE DATABASE PORT PEOPLE PASSWORD WITH_PASSWORD`; prints what the load needs to know, then its address.
 */
import { createServer } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import { admin, emailOTP } from 'better-auth/plugins';

const [file = '', port = '0', people = '0', typed = '', withPassword = '0'] = process.argv.slice(2);

/** The newest code that was sent to an address. */
const codes = new Map();

const database = new DatabaseSync(file);
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
const auth = betterAuth({
  database,
  baseURL: `http://127.0.0.1:${port}`,
  secret: 'a secret that everybody may know: nothing here is one',
  emailAndPassword: { enabled: true, autoSignIn: false },
  plugins: [
    admin(),
    emailOTP({
      otpLength: 8,
      sendVerificationOTP: async ({ email, otp }) => void codes.set(email, otp),
    }),
  ],
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { disabled: true },
});
const { runMigrations } = await getMigrations(auth.options);
await runMigrations();

const { internalAdapter, password } = await auth.$context;
const hashed = await password.hash(typed);
const ids = [];
database.exec('BEGIN');
for (let number = 0; number < Number(people); number += 1) {
  const email = `u${String(number).padStart(7, '0')}@example.com`;
  const role = number === 0 ? 'admin' : 'user';
  const user = await internalAdapter.createUser({ email, name: email, emailVerified: true, role });
  ids.push(user.id);
  if (number >= Number(withPassword)) continue;
  await internalAdapter.linkAccount({
    userId: user.id,
    accountId: user.id,
    providerId: 'credential',
    password: hashed,
  });
}
database.exec('COMMIT');

const answer = toNodeHandler(auth);
const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname !== '/mailbox') return answer(request, response);
  response.end(JSON.stringify({ code: codes.get(searchParams.get('of')) }));
});
server.listen(Number(port), '127.0.0.1', () => {
  console.log(JSON.stringify(ids));
  console.log(`http://127.0.0.1:${port}`);
});
