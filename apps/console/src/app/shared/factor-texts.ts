import type { UserPoolMfaType } from '@poolhouse/model';
import { glossary } from './glossary.ts';

/** What a choice says of itself: what it is called, and what it means. */
export interface ChoiceWords {
  readonly title: string;
  readonly hint: string;
}

/** Whether a sign-in asks for a second factor, for the wizard and the page of a pool alike. */
export const mfaLevels: Readonly<Record<UserPoolMfaType, ChoiceWords>> = {
  OFF: {
    title: 'Off',
    hint: 'Nobody is asked for more than their first factor, such as a password.',
  },
  OPTIONAL: {
    title: 'Optional',
    hint: 'Whoever has turned one on is asked for it. We recommend this as soon as your application has screens for it; the Angular kit has them.',
  },
  ON: {
    title: 'Required',
    hint: 'Everybody is asked. Who has none yet sets one up during sign-in, before there are any tokens; applications without screens for that let nobody in.',
  },
};

/** What each second factor is, and what it costs. */
export const factorChoices: Readonly<Record<'app' | 'sms' | 'email', ChoiceWords>> = {
  app: {
    title: glossary.factorApp,
    hint: 'An application on a phone or computer shows a new code every half minute. It costs nothing and needs no network.',
  },
  sms: {
    title: glossary.factorSms,
    hint: 'To the phone number, at each sign-in. Each message costs money, and numbers can be taken over at the phone company.',
  },
  email: {
    title: glossary.factorEmail,
    hint: 'To the email address, at each sign-in. Protects as much as the mailbox is protected.',
  },
};

/** What goes wrong where SMS are all that there is. */
export const onlySmsText =
  'With SMS as the only factor, people without a phone number cannot sign in until an administrator or your application gives them one.';

/** Why one address is not both: what recovers an account, and its second factor. */
export const recoveryConflicts = {
  email:
    'The mailbox is the second factor here, so it must not be enough on its own: choose another way, or take email out of the second factors.',
  sms: 'The phone is the second factor here, so it must not be enough on its own: choose another way, or take SMS out of the second factors.',
} as const;
