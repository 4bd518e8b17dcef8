/**
 * Makes the pictures of docs/images/console: `npm run screenshots:console`. Every page of the console, on a desktop and on a phone, in
 * light and dark, with a pool that has some users. What differs from run to run is replaced on the page.
 */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { openConsoleFixture, type ConsoleFixture } from './console-fixture.ts';
import { CONSOLE_PAGES, SOMEBODY } from './console-pages.ts';
import { PASSWORD } from '../clients/tutorial-pool.ts';
import { smallerPng } from './png.ts';
import { seesHeading } from './journey.ts';

const IMAGES = resolve(import.meta.dirname, '../../docs/images/console');
const LARGEST_BYTES = 200_000;
/** Sizes in CSS pixels. */
const SCREENS: Readonly<Record<string, BrowserContextOptions>> = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
};
const PEOPLE = ['ines', 'tomas', 'yuki', 'amara', 'lars', 'noor', 'pavel'];

async function fillThePool({ aws, user, poolId, clientId }: ConsoleFixture): Promise<void> {
  for (const name of PEOPLE) await user(name, ['member']);
  await user(SOMEBODY, ['admin', 'member']);
  const mara = { UserPoolId: poolId, Username: SOMEBODY };
  await aws.adminUpdateUserAttributes({
    ...mara,
    UserAttributes: [
      { Name: 'name', Value: 'Mara Lind' },
      { Name: 'preferred_username', Value: 'mara.l' },
    ],
  });
  await aws.adminDisableUser({ UserPoolId: poolId, Username: 'pavel' });
  await aws.adminCreateUser({
    UserPoolId: poolId,
    Username: 'ruth',
    UserAttributes: [{ Name: 'email', Value: 'ruth@example.com' }],
  });
  for (const name of ['eva', 'finn', 'gus']) {
    const email = { Name: 'email', Value: `${name}@example.com` };
    await aws.signUp({
      ClientId: clientId,
      Username: name,
      Password: PASSWORD,
      UserAttributes: [email],
    });
  }
  await aws.adminConfirmSignUp({ UserPoolId: poolId, Username: 'eva' });
  for (const [index, USERNAME] of [SOMEBODY, ...PEOPLE.slice(0, 5), 'pavel'].entries()) {
    const AuthParameters = { USERNAME, PASSWORD: index === 4 ? 'wrong' : PASSWORD };
    const AuthFlow = 'USER_PASSWORD_AUTH';
    await aws.initiateAuth({ ClientId: clientId, AuthFlow, AuthParameters }).catch(() => undefined);
  }
}

/** Uses the same ids in every picture. */
async function steady(page: Page, { poolId, clientId }: ConsoleFixture): Promise<void> {
  await page.locator('body').evaluate(
    (body, replaced) => {
      const steadied = (text: string) =>
        Object.entries(replaced)
          .reduce((all, [from, to]) => all.replaceAll(from, to), text)
          .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, SUB)
          .replaceAll(/\b[0-9a-f]{8}-[0-9a-f]{4}\b/g, SUB.slice(0, 13))
          .replaceAll(/\b(\d+ (second|minute)s? ago)/g, 'just now')
          .replaceAll(/localhost:\d+/g, 'localhost:8400');
      const SUB = '5f0c1e2a-7b34-4d8e-9a61-2c3d4e5f6a7b';
      const change = (node: (typeof body.childNodes)[number]): void => {
        if (node.nodeType === 3 && node.textContent) node.textContent = steadied(node.textContent);
        for (const child of node.childNodes) change(child);
      };
      change(body);
      for (const input of body.querySelectorAll('input')) input.value = steadied(input.value);
    },
    { [poolId]: 'ph-local-1_Tutorial1', [clientId]: '4k2v9s0example7w1q8z5n3mb6' },
  );
}

async function takePictures(fixture: ConsoleFixture): Promise<void> {
  for (const [screen, shape] of Object.entries(SCREENS)) {
    const page = await (await fixture.as('owner', shape)).newPage();
    const stranger = await fixture.page(shape);
    for (const { name, heading, path, isPublic } of CONSOLE_PAGES) {
      const place = isPublic ? stranger : page;
      await place.goto(path(fixture), { waitUntil: 'networkidle' });
      await seesHeading(place, heading);
      // The draft of the first step is also that of the next ones.
      if (name === 'new-name') await place.getByLabel('Pool name').fill('shop-customers');
      await steady(place, fixture);
      for (const colorScheme of ['light', 'dark'] as const) {
        await place.emulateMedia({ colorScheme });
        const file = join(IMAGES, `${name}-${colorScheme}-${screen}.png`);
        const picture = await place.screenshot({ animations: 'disabled', caret: 'hide' });
        const smaller = smallerPng(picture);
        assert(smaller.length < LARGEST_BYTES, `${file} is too large`);
        writeFileSync(file, smaller);
      }
    }
  }
}

mkdirSync(IMAGES, { recursive: true });
const fixture = await openConsoleFixture();
try {
  await fillThePool(fixture);
  await takePictures(fixture);
} finally {
  await fixture.close();
}
