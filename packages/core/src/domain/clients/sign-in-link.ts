import type { ConfigurationValues } from '../pools/pool-configuration.ts';
import type { Client } from './client.ts';

/** The member of a link's fragment that has the code. Applications read it; docs/guides/magic-link.md promises it. */
const MEMBER = 'sign-in-code';

const loopbackHosts: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Where the sign-in links of an app client lead: its default redirect address, or its only callback address, of those that are registered.
 * Only to the web: any app can claim a scheme of its own, and would get the code (ADR 29).
 */
export function signInLinkAddress({ settings }: Pick<Client, 'settings'>): string | undefined {
  const { CallbackURLs = [], DefaultRedirectURI } = settings;
  const only = CallbackURLs.length === 1 ? CallbackURLs[0] : undefined;
  const address = DefaultRedirectURI ?? only;
  if (address === undefined || !CallbackURLs.includes(address)) return undefined;
  const { protocol, hostname } = new URL(address);
  const isSafe =
    protocol === 'https:' || (protocol === 'http:' && loopbackHosts.includes(hostname));
  return isSafe ? address : undefined;
}

/** The link to an application with a code: in the fragment, which browsers send to no server. */
export function signInLink(address: string, code: string): string {
  return `${address}#${MEMBER}=${code}`;
}

/** Texts of a mail with a link, where the pool sets none: `{##words##}` becomes the link, `{####}` the code. */
const defaults = {
  subject: 'Your sign-in link',
  email:
    '{##Sign in##} with this link, in the browser in which you asked for it. Or type the code {####} there. ',
};

/** The texts of a mail with a link. */
export function signInLinkTexts({
  EmailSubject,
  EmailMessage,
}: ConfigurationValues['sign-in-links']): { readonly subject: string; readonly email: string } {
  return { subject: EmailSubject ?? defaults.subject, email: EmailMessage ?? defaults.email };
}
