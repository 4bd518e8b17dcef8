import { ranges } from '@poolhouse/rules';
import { redirectUrlProblem } from '../shared/checks/redirect-urls.ts';

/** Where an application is, as it is edited: addresses one a line. */
export interface UrlValues {
  readonly callbacks: string;
  /** The callback that pages of the server lead to; empty for none. */
  readonly defaultCallback: string;
  readonly signOuts: string;
}

/** What the form says of each field. */
export type UrlProblems = Readonly<Partial<Record<keyof UrlValues, string>>>;

const [, MOST] = ranges.redirectUrls;

/** The addresses of a text, each once, in its order. */
export function urlsOf(text: string): readonly string[] {
  return [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '');
}

/** Other callbacks; the default goes with its line while that is edited. */
export function withCallbacks(
  values: UrlValues,
  callbacks: string,
): Pick<UrlValues, 'callbacks' | 'defaultCallback'> {
  const [before, after] = [urlsOf(values.callbacks), urlsOf(callbacks)];
  const { defaultCallback: chosen } = values;
  const isEdited = !after.includes(chosen) && before.length === after.length;
  const moved = isEdited ? after[before.indexOf(chosen)] : undefined;
  return { callbacks, defaultCallback: moved ?? (after.length > 0 ? chosen : '') };
}

/** What is wrong with the addresses; each sentence names the one that it is about. */
export function urlProblems({ callbacks, defaultCallback, signOuts }: UrlValues): UrlProblems {
  const isUnknown = defaultCallback !== '' && !urlsOf(callbacks).includes(defaultCallback);
  return defined({
    callbacks: listProblem(callbacks),
    defaultCallback: isUnknown ? 'Choose one of the callback URLs, or none.' : undefined,
    signOuts: listProblem(signOuts),
  });
}

/** The field that a refusal of the server is about, by the address or the member that it names. */
export function refusedField(
  { callbacks, signOuts }: UrlValues,
  message: string,
): keyof UrlValues | undefined {
  const isAbout = (text: string) => urlsOf(text).some((url) => message.startsWith(`${url} `));
  if (/default ?redirect ?uri/i.test(message)) return 'defaultCallback';
  if (isAbout(callbacks) || /callbackurls/i.test(message)) return 'callbacks';
  return isAbout(signOuts) || /logouturls/i.test(message) ? 'signOuts' : undefined;
}

function listProblem(text: string): string | undefined {
  const urls = urlsOf(text);
  const bad = urls.find((url) => redirectUrlProblem(url) !== '');
  if (bad !== undefined) return `${bad}: ${redirectUrlProblem(bad)}`;
  return urls.length > MOST ? `Enter ${MOST} addresses at most.` : undefined;
}

function defined(problems: Readonly<Record<keyof UrlValues, string | undefined>>): UrlProblems {
  return Object.fromEntries(Object.entries(problems).filter(([, text]) => text !== undefined));
}
