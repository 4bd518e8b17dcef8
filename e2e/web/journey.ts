import type { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import type { Page } from 'playwright-core';
import { makeUser } from '../clients/tutorial-pool.ts';
import { openProfiles, suiteOfJourneys, type Profiles } from './profiles.ts';
import { POOL, startStarter, type StarterUnderTest } from './starter-under-test.ts';

export { SIZES } from './profiles.ts';

/** What a journey has: the running application, a browser, and users. */
export interface Fixture extends Profiles {
  readonly starter: StarterUnderTest;
  /** Signs with the well-known key of development. */
  readonly aws: CognitoIdentityProvider;
  /** Creates a confirmed user whose password is `PASSWORD` and whose address is `<name>@example.com`. */
  user(name: string, groups?: readonly ('admin' | 'member')[]): Promise<void>;
}

/** A suite of journeys with one running application; each must end without a mishap. */
export const journeys = suiteOfJourneys(openFixture);

async function openFixture(): Promise<Fixture> {
  const starter = await startStarter();
  try {
    const profiles = await openProfiles(starter.url);
    const aws = starter.server.client({ region: 'ph-local-1' });
    return {
      ...profiles,
      starter,
      aws,
      user: (name, groups) => makeUser(aws, POOL.UserPoolId, name, groups),
      async close() {
        await profiles.close();
        await starter.remove();
      },
    };
  } catch (error) {
    await starter.remove();
    throw error;
  }
}

/** Waits until a text is on the page. */
export function sees(page: Page, text: string | RegExp): Promise<void> {
  return page.getByText(text).first().waitFor();
}

/** Waits until a page has this title, and checks that it has the focus or at least is there. */
export function seesHeading(page: Page, name: string | RegExp): Promise<void> {
  return page.getByRole('heading', { name, exact: true }).waitFor();
}

/** Fills in fields by their labels. */
export async function fill(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(values)) {
    await page.getByLabel(label, { exact: true }).fill(value);
  }
}

/** Presses a button or follows a link, by its text. */
export function press(page: Page, name: string): Promise<void> {
  const within = page.getByRole('main');
  const button = within.getByRole('button', { name, exact: true });
  return button.or(within.getByRole('link', { name, exact: true })).click();
}

/** The present value of a field. */
export function typed(page: Page, label: string): Promise<string> {
  return page.getByLabel(label, { exact: true }).inputValue();
}

/** The label of the sign-in screen's first field. */
export const NAME = 'User name, email or preferred user name';

/** Signs in on the sign-in page, and waits for the profile. */
export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.goto('/sign-in');
  await fill(page, { [NAME]: username, Password: password });
  await press(page, 'Sign in');
  await page.waitForURL('**/profile');
  await seesHeading(page, username);
}
