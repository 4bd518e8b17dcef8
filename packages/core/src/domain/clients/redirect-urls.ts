import { redirectUrlProblem as ruleBroken, type RedirectUrlProblem } from '@poolhouse/rules';
import { settingsTexts } from '../settings-texts.ts';

const texts: Readonly<Record<RedirectUrlProblem, (url: string) => string>> = {
  'no-url': settingsTexts.urlInvalid,
  fragment: settingsTexts.urlWithFragment,
  user: settingsTexts.urlWithUser,
  http: settingsTexts.urlOverHttp,
};

/** Why an app client may not name the URL for callbacks or sign-outs, in the service's words, or `undefined`. */
export function redirectUrlProblem(text: string): string | undefined {
  const problem = ruleBroken(text);
  return problem && texts[problem](text);
}
