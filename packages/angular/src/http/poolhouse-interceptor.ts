import { DOCUMENT } from '@angular/common';
import {
  HttpErrorResponse,
  type HttpEvent,
  type HttpHandlerFn,
  type HttpInterceptorFn,
  type HttpRequest,
} from '@angular/common/http';
import { inject } from '@angular/core';
import { catchError, from, type Observable, of, switchMap, throwError } from 'rxjs';
import { Auth } from '../auth/auth';
import { inBrowser } from '../config/in-browser';
import { POOLHOUSE_CONFIG } from '../config/poolhouse-config';
import { defaultAllowList, isAllowed } from './allow-list';

/**
 * Sends the person's token to the URLs of `attachTokensTo`, and to no others. When a server refuses it (401), the token is renewed
 * and the request is sent once more. Where no token is to be had, because the pool is away, it is sent without. A request that has an Authorization header already is left alone.
 */
export const poolhouseInterceptor: HttpInterceptorFn = (request, next) => {
  if (!inBrowser()) return next(request);
  const { attach = 'access', attachTokensTo = defaultAllowList } = inject(POOLHOUSE_CONFIG);
  const { baseURI } = inject(DOCUMENT);
  if (request.headers.has('Authorization') || !isAllowed(request.url, attachTokensTo, baseURI)) {
    return next(request);
  }
  const auth = inject(Auth);
  const tokens = async (refused?: string): Promise<Tokens | null> => {
    if (refused === undefined) await auth.accessToken();
    else await auth.refresh(refused);
    const session = auth.session();
    if (!session) return null;
    const sent = attach === 'id' ? session.idToken : session.accessToken;
    return { sent, accessToken: session.accessToken };
  };
  return from(tokens()).pipe(
    catchError((error: unknown) => of({ error })),
    switchMap((first) => {
      if (!first) return next(request);
      if ('error' in first) return withoutToken(request, next, first.error);
      return next(withToken(request, first.sent)).pipe(
        catchError((refusal: unknown) => {
          const refused = throwError(() => refusal);
          if (!(refusal instanceof HttpErrorResponse) || refusal.status !== 401) return refused;
          return from(tokens(first.accessToken)).pipe(
            // The server's refusal says more than that no new token could be had.
            catchError(() => of(null)),
            switchMap((second) => {
              if (!second || second.sent === first.sent) return refused;
              return next(withToken(request, second.sent));
            }),
          );
        }),
      );
    }),
  );
};

interface Tokens {
  readonly sent: string;
  readonly accessToken: string;
}

function withToken(request: HttpRequest<unknown>, token: string): HttpRequest<unknown> {
  return request.clone({ setHeaders: { Authorization: `Bearer ${token}` } });
}

/**
 * Sends a request although no token is to be had just now: what is public must not go away with the pool. Where the server wants a
 * token, the reason why there was none says more than its refusal.
 */
function withoutToken(
  request: HttpRequest<unknown>,
  next: HttpHandlerFn,
  error: unknown,
): Observable<HttpEvent<unknown>> {
  return next(request).pipe(
    catchError((refusal: unknown) => {
      const isRefused = refusal instanceof HttpErrorResponse && refusal.status === 401;
      return throwError(() => (isRefused ? noAnswer(request, error) : refusal));
    }),
  );
}

/** It looks like a request without an answer, as those who handle errors of HTTP expect. */
function noAnswer(request: HttpRequest<unknown>, error: unknown): HttpErrorResponse {
  return new HttpErrorResponse({ error, status: 0, url: request.urlWithParams });
}
