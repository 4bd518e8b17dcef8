/**
 * Makes the pictures of docs/images: `npm run screenshots`. With its own server and the pool of `poolhouse.yaml`, a person signs up,
 * another is invited, a third forgets her password; then the inbox and the page behind the link, in light and dark, on a desktop and on a
 * phone. An accessibility problem on a page stops it.
 */
import assert from 'node:assert/strict';
import { mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { startServer, type ServerUnderTest } from '../clients/server-under-test.ts';
import { makeUser, PASSWORD } from '../clients/tutorial-pool.ts';
import { axeProblems, openBrowser } from './browser.ts';

const REPOSITORY = resolve(import.meta.dirname, '../..');
const IMAGES = join(REPOSITORY, 'docs/images');
const LARGEST_BYTES = 300_000;
const MARA = 'mara@example.com';
/** As in poolhouse.yaml. */
const POOL = { UserPoolId: 'ph-local-1_Poolhouse1', ClientId: '7poolhousestarter000000000' };
/** Sizes in CSS pixels. */
const SCREENS = {
  desktop: { viewport: { width: 1280, height: 600 }, isMobile: false, deviceScaleFactor: 1 },
  phone: { viewport: { width: 390, height: 780 }, isMobile: true, deviceScaleFactor: 2 },
} as const;

async function makeMessages(server: ServerUnderTest): Promise<void> {
  const aws = server.client({ region: 'ph-local-1' });
  await makeUser(aws, POOL.UserPoolId, 'grace');
  await aws.forgotPassword({ ClientId: POOL.ClientId, Username: 'grace' });
  await aws.adminCreateUser({
    UserPoolId: POOL.UserPoolId,
    Username: 'tomas',
    DesiredDeliveryMediums: ['EMAIL'],
    UserAttributes: [{ Name: 'email', Value: 'tomas@example.com' }],
  });
  await aws.signUp({
    ClientId: POOL.ClientId,
    Username: 'mara',
    Password: PASSWORD,
    UserAttributes: [{ Name: 'email', Value: MARA }],
  });
}

async function takePictures(browser: Browser, server: ServerUnderTest): Promise<void> {
  const [mail] = await server.messages(MARA);
  assert(mail?.link);
  const pages = { inbox: `${server.publicUrl}/inbox`, confirm: mail.link };
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [screen, shape] of Object.entries(SCREENS)) {
      for (const [name, address] of Object.entries(pages)) {
        const context = await browser.newContext({
          ...shape,
          colorScheme,
          reducedMotion: 'reduce',
        });
        const page = await context.newPage();
        await page.goto(address, { waitUntil: 'load' });
        assert.deepEqual(await axeProblems(page), [], address);
        const path = join(IMAGES, `${name}-${colorScheme}-${screen}.png`);
        await page.screenshot({ path });
        assert(statSync(path).size < LARGEST_BYTES, `${path} is too large`);
        await context.close();
      }
    }
  }
}

mkdirSync(IMAGES, { recursive: true });
const server = await startServer({ POOLHOUSE_DECLARATION: join(REPOSITORY, 'poolhouse.yaml') });
try {
  await makeMessages(server);
  const browser = await openBrowser();
  try {
    await takePictures(browser, server);
  } finally {
    await browser.close();
  }
} finally {
  await server.remove();
}
