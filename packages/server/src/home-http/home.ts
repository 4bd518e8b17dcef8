import { english, home, type Home } from '@poolhouse/login';
import { sendPage } from '../pages/page.ts';
import { PASS, route, type Request, type Route } from '../site/route.ts';

/** The page at `/` for people with a browser; programs get the same answer as for missing paths. */
export function homeRoutes(homeFor: (request: Request) => Promise<Home>): readonly Route[] {
  return [
    route('GET', '/', async (request, response) => {
      response.setHeader('Vary', 'Accept');
      // Programs accept anything; a browser names HTML.
      if (!/\btext\/html\b/i.test(request.headers.accept ?? '')) return PASS;
      return sendPage(response, 200, home(await homeFor(request), english));
    }),
  ];
}
