/** The examples in the guide of sign-in links, unchanged, on the pool that its declaration creates. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startServer } from './server-under-test.ts';

const run = promisify(execFile);
const repository = fileURLToPath(new URL('../..', import.meta.url));
const guide = readFileSync(join(repository, 'docs/guides/magic-link.md'), 'utf8');
const examples = new Map(
  [...guide.matchAll(/^```\w+ run=(\S+)\n([\s\S]*?)^```$/gm)].map(
    ([, file = '', text = '']) => [file, text] as const,
  ),
);
const example = (file: string) => examples.get(file) ?? assert.fail(`the guide has no ${file}`);

const folder = mkdtempSync(join(tmpdir(), 'poolhouse-link-'));
/** Where a script finds this repository's packages. */
const scripts = join(repository, 'node_modules/.cache/poolhouse/link');
mkdirSync(scripts, { recursive: true });
const declaration = join(folder, 'poolhouse.yaml');
writeFileSync(declaration, example('magic-link.yaml'));
const server = await startServer({ POOLHOUSE_DECLARATION: declaration });
after(async () => {
  await server.remove();
  rmSync(folder, { recursive: true, force: true });
});

test('the example signs in by the link, and shows the code in another browser', async () => {
  const script = join(scripts, 'magic-link.mjs');
  writeFileSync(
    script,
    example('magic-link.mjs').replaceAll('http://localhost:8400', server.publicUrl),
  );
  const { stdout } = await run(process.execPath, [script], { timeout: 60_000 });
  assert.deepEqual(stdout.trim().split('\n'), [
    'EMAIL_OTP',
    'http://localhost:8401/signed-in',
    'show-code true',
    'signed-in Bearer',
  ]);
});

test('the mail has the texts of the declaration, and a link as the guide describes it', async () => {
  const [mail] = await server.messages('lena@example.com');
  assert.equal(mail?.subject, 'Sign in to the shop');
  const format = /^http:\/\/localhost:8401\/signed-in#sign-in-code=\d{8}$/m;
  assert.match(guide, format);
  assert.match(mail.link ?? '', format);
  assert.match(mail.body, /^<p><a href="http:[^"]+">Sign in<\/a>, or type the code \d{8} /);
});
