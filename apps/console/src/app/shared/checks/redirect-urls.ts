import { redirectUrlProblem as ruleBroken, type RedirectUrlProblem } from '@poolhouse/rules';

const texts: Readonly<Record<RedirectUrlProblem, string>> = {
  'no-url': 'Enter a whole address, such as https://shop.example.com/welcome.',
  fragment: 'Leave out the # and what follows it.',
  user: 'Leave out the user name and the password.',
  http: 'Use https. Only addresses of this very computer, such as http://localhost:3000, may do without.',
};

/** Why an app client may not send people to an address, in a sentence; empty where it may. The server refuses the same. */
export function redirectUrlProblem(text: string): string {
  const problem = ruleBroken(text);
  return problem === undefined ? '' : texts[problem];
}
