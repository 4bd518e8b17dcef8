/** One thing that the tutorial says to do. In its text the label is bold, and the value is code. */
export type Action =
  | { readonly press: string }
  | { readonly choose: string }
  | { readonly fill: string; readonly value: string };

/** A page of the tutorial: its title as people see it, and what to do there. */
export interface TutorialPage {
  readonly heading: string;
  readonly actions: readonly Action[];
}

/** The tutorial's one password, for its administrator and its user: 15 characters, as the pool requires. */
const PASSWORD = 'pond-light-gravel';

/** Where `npm start` serves the starter; a journey has it elsewhere. */
export const STARTER = 'http://localhost:8401';

/** What is entered for the first administrator, and for the first user of the pool. */
export const ADA = { username: 'ada', email: 'ada@example.com', password: PASSWORD };
export const MARA = { username: 'mara', email: 'mara@example.com', password: PASSWORD };

/** Who is invited at the end. */
export const OTTO = { username: 'otto', email: 'otto@example.com' };

/** docs/tutorial/1-the-pool.md: from the printed link to a pool with an app client. */
export const THE_POOL: readonly TutorialPage[] = [
  {
    heading: 'Make the first account',
    actions: [
      { fill: 'User name', value: ADA.username },
      { fill: 'Email', value: ADA.email },
      { fill: 'Password', value: ADA.password },
      { press: 'Create account and sign in' },
    ],
  },
  { heading: 'User pools', actions: [{ press: 'Create user pool' }] },
  {
    heading: 'What is the pool for?',
    actions: [{ fill: 'Pool name', value: 'tutorial' }, { press: 'Step through settings' }],
  },
  {
    heading: 'How do people sign in?',
    actions: [
      { choose: 'With a user name' },
      { choose: 'Verified email address' },
      { choose: 'Preferred user name' },
      { press: 'Continue' },
    ],
  },
  {
    heading: 'What makes a good password here?',
    actions: [{ choose: 'People sign themselves up' }, { press: 'Continue' }],
  },
  {
    heading: 'How do people prove who they are?',
    actions: [{ press: 'Fill in an example' }, { press: 'Continue' }],
  },
  {
    heading: 'What do the messages say?',
    actions: [{ choose: 'A link' }, { press: 'Continue' }],
  },
  { heading: 'Labels for your own bookkeeping', actions: [{ press: 'Continue' }] },
  {
    heading: 'Which application may sign people in?',
    actions: [
      { fill: 'App client name', value: 'tutorial-web' },
      { fill: 'Return URL', value: STARTER },
      { choose: 'In browsers or on phones: no secret' },
      { choose: 'User name and password' },
      { press: 'Continue' },
    ],
  },
  { heading: 'Ready to create', actions: [{ press: 'Create user pool' }] },
  { heading: 'tutorial is ready', actions: [] },
];

/** docs/tutorial/2-the-front-end.md: a person signs up in the starter, and signs in. */
export const THE_FRONT_END: readonly TutorialPage[] = [
  { heading: 'Sign-up and sign-in that you own', actions: [{ press: 'Create an account' }] },
  {
    heading: 'Create an account',
    actions: [
      { fill: 'User name', value: MARA.username },
      { fill: 'Email address', value: MARA.email },
      { fill: 'Password', value: MARA.password },
      { press: 'Create account' },
    ],
  },
  { heading: 'Check your mail', actions: [] },
];

/** docs/tutorial/3-the-back-end.md: a group with a role in the console, and mara in it. */
export const THE_GROUP: readonly TutorialPage[] = [
  { heading: 'Groups', actions: [{ press: 'Create group' }] },
  {
    heading: 'Create group',
    actions: [
      { fill: 'Name', value: 'admin' },
      { fill: 'Precedence', value: '1' },
      { fill: 'Role (ARN)', value: 'arn:aws:iam::000000000000:role/tutorial-admin' },
      { press: 'Create group' },
    ],
  },
  {
    heading: 'admin',
    actions: [{ fill: 'Add a member by user name', value: MARA.username }, { press: 'Add' }],
  },
];

/** The end of docs/tutorial/3-the-back-end.md: the new administrator invites somebody. */
export const THE_INVITATION: readonly TutorialPage[] = [
  {
    heading: 'Users',
    actions: [
      { fill: 'User name', value: OTTO.username },
      { fill: 'Email', value: OTTO.email },
      { press: 'Add user' },
    ],
  },
];
