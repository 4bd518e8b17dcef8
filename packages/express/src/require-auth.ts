import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Admission } from './admission.ts';
import type { Auth } from './tokens/auth.ts';
import { answerRefusal, bearerToken } from './bearer.ts';
import { Refusal } from './errors/refusal.ts';

declare global {
  // Express's types let middleware declare here what it adds to requests.
  namespace Express {
    interface Request {
      /** Who sent this request; set on routes behind `requireAuth()`. */
      auth?: Auth;
    }
  }
}

/** A request of Express or plain `node:http`. */
export type AuthRequest = IncomingMessage & { auth?: Auth };

/** Middleware for Express; it does not use Express itself. */
export type AuthMiddleware = (
  req: AuthRequest,
  res: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/** Turns a decision about tokens into middleware. */
export function requireAuthWith(admit: Admission, realm: string): AuthMiddleware {
  return (req, res, next) => {
    const finish = (verdict: Auth | Refusal): void => {
      if (verdict instanceof Refusal) return answerRefusal(res, verdict, realm);
      req.auth = verdict;
      next();
    };
    const verdict = admit(bearerToken(req));
    if (verdict instanceof Promise) verdict.then(finish, next);
    else finish(verdict);
  };
}

/** The caller of a route behind `requireAuth()`. Throws on any other route. */
export function authOf(req: { readonly auth?: Auth }): Auth {
  if (req.auth === undefined) {
    throw new Error('req.auth is not set: this route is not behind requireAuth().');
  }
  return req.auth;
}
