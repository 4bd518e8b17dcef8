/** What a newcomer does in the first minutes, in an empty folder: each step with its time. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { environmentOutside } from '../../scripts/release/run-outside.mjs';
import { freePort, startServer, type ServerUnderTest } from '../clients/server-under-test.ts';
import { makeTutorialPool, PASSWORD, type TutorialPool } from '../clients/tutorial-pool.ts';
import { findChromium } from '../web/browser.ts';
import { openProfiles } from '../web/profiles.ts';
import { fill, press, sees, seesHeading } from '../web/journey.ts';
import {
  inEmptyFolder,
  install,
  NotRun,
  outside,
  write,
  type Check,
  type Tarballs,
} from './check.ts';

const LIMIT_MS = 30_000;

/** Everything that a newcomer writes by hand for Angular. */
const APP = `
import { HttpClient } from '@angular/common/http';
import { Component, inject, signal } from '@angular/core';
import { Auth } from '@poolhouse/angular';
import { Authenticator, SignedInContent } from '@poolhouse/angular/screens';

@Component({
  selector: 'app-root',
  imports: [Authenticator, SignedInContent],
  template: \`<main>
    <ph-authenticator appName="Newcomer">
      <ng-template phSignedIn let-user>Hello {{ user.username }}</ng-template>
    </ph-authenticator>
    <button (click)="ask('/api/me')">Who am I?</button>
    <button (click)="ask('/api/reports')">Reports</button>
    <button (click)="renew()">Renew</button>
    <p>{{ answer() }}</p>
    <p>Status {{ auth.status() }}, ended {{ auth.ended() }}.</p>
  </main>\`,
})
export class App {
  readonly #http = inject(HttpClient);
  protected readonly auth = inject(Auth);
  protected readonly answer = signal('');

  protected async renew(): Promise<void> {
    await this.auth.refresh();
    this.answer.set('Renewed.');
  }

  protected ask(path: string): void {
    this.#http.get<{ said: string }>(path).subscribe({
      next: ({ said }) => this.answer.set('The API says ' + said + '.'),
      error: ({ status }) => this.answer.set('The API refuses with ' + status + '.'),
    });
  }
}
`;

/** And for Express. */
const API = `
import express from 'express';
import { authOf, poolhouse } from '@poolhouse/express';

const { POOL, CLIENT, ENDPOINT, PORT } = process.env;
const { requireAuth } = poolhouse({
  pools: [{ userPoolId: POOL, clientIds: [CLIENT], endpoint: ENDPOINT }],
});
const app = express();
app.get('/api/me', requireAuth(), (req, res) => res.json({ said: 'you are ' + authOf(req).username }));
app.get('/api/reports', requireAuth({ groups: ['admin'] }), (req, res) => res.json({ said: 'all is well' }));
app.use(express.static('../shop/dist/shop/browser'));
app.listen(Number(PORT), 'localhost');
`;

/** From `ng new` to a session that the pool ends. */
export const NEWCOMER: Check = {
  name: 'a newcomer, from ng new to the end of a session',
  run: (tarballs) =>
    inEmptyFolder(async (folder) => {
      const chromium = await findChromium();
      if ('missing' in chromium) throw new NotRun(`There is no browser: ${chromium.missing}.`);
      const server = await startServer();
      try {
        const pool = await makeTutorialPool(server.client());
        await makesTheApplication(folder, tarballs, server, pool);
        await usesTheApplication(folder, server, pool);
      } finally {
        await server.remove();
      }
    }),
};

async function makesTheApplication(
  folder: string,
  tarballs: Tarballs,
  server: ServerUnderTest,
  pool: TutorialPool,
): Promise<void> {
  const shop = join(folder, 'shop');
  const api = join(folder, 'api');
  await step('npm install @angular/cli', async () => {
    await write(folder, { 'package.json': { private: true } });
    await install(folder, '@angular/cli@22');
  });
  await step('ng new', () =>
    ng(folder, folder, 'new', 'shop', '--defaults', '--skip-git', '--skip-tests'),
  );
  await step('ng add', () => {
    const ids = ['--user-pool-id', pool.UserPoolId, '--client-id', pool.ClientId];
    const where = ['--endpoint', server.publicUrl, '--skip-confirmation', '--defaults'];
    return ng(shop, shop, 'add', `file:${tarballs.angular}`, ...ids, ...where);
  });
  await step('ng build', async () => {
    await write(shop, { 'src/app/app.ts': APP });
    await ng(shop, shop, 'build');
  });
  await step('npm install @poolhouse/express express', async () => {
    await mkdir(api);
    await write(api, { 'package.json': { type: 'module' }, 'server.js': API });
    await install(api, tarballs.express, 'express');
  });
}

async function usesTheApplication(
  folder: string,
  server: ServerUnderTest,
  pool: TutorialPool,
): Promise<void> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const child = spawn(process.execPath, ['server.js'], {
    cwd: join(folder, 'api'),
    env: {
      ...environmentOutside(),
      PORT: String(port),
      POOL: pool.UserPoolId,
      CLIENT: pool.ClientId,
      ENDPOINT: server.publicUrl,
    },
    stdio: 'inherit',
  });
  const profiles = await openProfiles(url);
  try {
    await answers(url);
    const page = await profiles.page();
    try {
      await livesASession(page, server, pool);
    } catch (error) {
      process.stdout.write(`${await profiles.scene().catch(String)}\n`);
      throw error;
    }
    assert.deepEqual(profiles.mishaps, []);
  } finally {
    await profiles.close();
    child.kill('SIGKILL');
  }
}

async function livesASession(
  page: Page,
  server: ServerUnderTest,
  pool: TutorialPool,
): Promise<void> {
  const user = { UserPoolId: pool.UserPoolId, Username: 'mara' };
  await step('sign-up', async () => {
    await page.goto('/');
    await press(page, 'Who am I?');
    await sees(page, 'The API refuses with 401.');
    await press(page, 'Create an account');
    await seesHeading(page, 'Create an account');
    await fill(page, {
      'User name': 'mara',
      'Email address': 'mara@example.com',
      Password: PASSWORD,
    });
    await press(page, 'Create account');
    await seesHeading(page, 'Check your mail');
  });
  await step('the link from the inbox', async () => {
    const [mail] = await server.messages('mara@example.com');
    const confirmation = await page.context().newPage();
    await confirmation.goto(mail?.link ?? assert.fail('no link was sent'));
    await confirmation.getByRole('button', { name: 'Confirm my account' }).click();
    await seesHeading(confirmation, 'Your account is confirmed');
    await confirmation.close();
    // The waiting page notices by itself, and signs in.
    await sees(page, 'Hello mara');
  });
  await step('a protected API', async () => {
    await press(page, 'Who am I?');
    await sees(page, 'The API says you are mara.');
    await press(page, 'Reports');
    await sees(page, 'The API refuses with 403.');
  });
  await step('a group', async () => {
    await server.client().adminAddUserToGroup({ ...user, GroupName: 'admin' });
    await press(page, 'Renew');
    await sees(page, 'Renewed.');
    await press(page, 'Reports');
    await sees(page, 'The API says all is well.');
  });
  await step('the pool ends the session', async () => {
    await server.client().adminUserGlobalSignOut(user);
    await press(page, 'Renew');
    await sees(page, 'Status signed-out, ended ended-by-pool.');
    await seesHeading(page, /^Sign in/);
  });
}

/** Does one step, and prints how long it took. */
async function step(name: string, does: () => Promise<unknown>): Promise<void> {
  const startedAtMs = performance.now();
  await does();
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
  process.stdout.write(`         ${seconds.padStart(5)} s  ${name}\n`);
}

/** Runs the Angular CLI that is installed in one folder, in another one. */
function ng(cli: string, folder: string, ...words: string[]): Promise<string> {
  return outside(
    process.execPath,
    [join(cli, 'node_modules/@angular/cli/bin/ng.js'), ...words],
    folder,
  );
}

async function answers(url: string): Promise<void> {
  const untilMs = performance.now() + LIMIT_MS;
  while (!(await fetch(url).catch(() => undefined))) {
    assert(performance.now() < untilMs, 'the application does not answer');
    await pause(50);
  }
}
