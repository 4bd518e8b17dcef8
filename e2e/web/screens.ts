import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { PASSWORD } from '../clients/tutorial-pool.ts';
import { fill, NAME, press, sees, seesHeading, signIn, type Fixture } from './journey.ts';

/** Gets every screen, once it is complete. */
export type Visit = (page: Page, screen: string) => Promise<void>;

/** Goes through every screen of the starter application, with all states of its forms. Once per fixture. */
export async function visitScreens(fixture: Fixture, page: Page, visit: Visit): Promise<void> {
  await beforeSigningIn(page, visit);
  await signingUp(fixture, page, visit);
  await forgettingThePassword(fixture, page, visit);
  await asMember(fixture, page, visit);
  await asAdministrator(fixture, page, visit);
}

async function beforeSigningIn(page: Page, visit: Visit): Promise<void> {
  await page.goto('/');
  await seesHeading(page, 'Sign-up and sign-in that you own');
  await visit(page, 'home');
  await page.goto('/nowhere');
  await seesHeading(page, 'There is nothing here');
  await visit(page, 'not-found');
  await page.goto('/sign-in');
  await seesHeading(page, 'Sign in');
  await visit(page, 'sign-in');
  await press(page, 'Sign in');
  await sees(page, 'Enter your password.');
  await visit(page, 'sign-in-empty');
  await fill(page, { [NAME]: 'mara', Password: 'not-hers' });
  await press(page, 'Sign in');
  await sees(page, 'The user name or password is not correct.');
  await visit(page, 'sign-in-refused');
}

async function signingUp({ starter }: Fixture, page: Page, visit: Visit): Promise<void> {
  await page.goto('/sign-in?start=sign-up');
  await seesHeading(page, 'Create an account');
  await visit(page, 'sign-up');
  await fill(page, { 'Email address': 'mara', Password: 'correct' });
  await press(page, 'Create account');
  await sees(page, 'Enter your user name.');
  await visit(page, 'sign-up-problems');
  await fill(page, {
    'User name': 'mara',
    'Email address': 'mara@example.com',
    Password: PASSWORD,
  });
  await press(page, 'Create account');
  await seesHeading(page, 'Check your mail');
  await visit(page, 'check-your-mail');
  const [mail] = await starter.server.messages('mara@example.com');
  assert(mail?.link);
  await page.goto(mail.link);
  await visit(page, 'confirm');
  await press(page, 'Confirm my account');
  await seesHeading(page, 'Your account is confirmed');
  await visit(page, 'confirmed');
}

async function forgettingThePassword(
  { starter }: Fixture,
  page: Page,
  visit: Visit,
): Promise<void> {
  await page.goto('/sign-in');
  await press(page, 'Forgot password?');
  await seesHeading(page, 'Reset your password');
  await visit(page, 'reset-password');
  await fill(page, { [NAME]: 'mara' });
  await press(page, 'Send the code');
  await seesHeading(page, 'Choose a new password');
  const code = await starter.server.code('mara@example.com');
  const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
  await fill(page, { Code: wrong, 'New password': PASSWORD });
  await press(page, 'Change password');
  await sees(page, 'This code is not correct.');
  await visit(page, 'reset-password-code');
}

async function asMember(_: Fixture, page: Page, visit: Visit): Promise<void> {
  await signIn(page, 'mara', PASSWORD);
  await page.locator('app-api-answer pre').waitFor();
  await fill(page, { Name: 'Mara Lind' });
  await press(page, 'Save');
  await sees(page, 'Saved.');
  await visit(page, 'profile');
  await press(page, 'Change password');
  await sees(page, 'Enter your present password.');
  await visit(page, 'profile-problems');
  await page.getByRole('link', { name: 'Starter' }).click();
  await seesHeading(page, 'Welcome, Mara Lind');
  await visit(page, 'home-signed-in');
  await page.goto('/admin');
  await seesHeading(page, 'This page is for administrators');
  await visit(page, 'not-allowed');
  await press(page, 'Sign in as someone else');
  await seesHeading(page, 'Sign in');
}

async function asAdministrator(fixture: Fixture, page: Page, visit: Visit): Promise<void> {
  await page.goto('/admin');
  const password = fixture.starter.temporaryPassword('admin');
  await fill(page, { [NAME]: 'admin', Password: password });
  await press(page, 'Sign in');
  await seesHeading(page, 'Choose your password');
  await fill(page, { 'New password': 'Correct' });
  await visit(page, 'choose-your-password');
  await fill(page, { 'New password': PASSWORD });
  await press(page, 'Save and continue');
  await page.waitForURL('**/admin');
  await sees(page, 'mara@example.com');
  await fill(page, { 'User name': 'tomas', Email: 'tomas@example.com' });
  await press(page, 'Add user');
  await sees(page, 'Added. The invitation was sent to tomas@example.com.');
  await sees(page, 'Temp password');
  await visit(page, 'users');
  await press(page, 'Add user');
  await sees(page, 'Enter an email address.');
  await visit(page, 'users-problems');
}
