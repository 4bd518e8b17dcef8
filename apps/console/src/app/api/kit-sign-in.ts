import { createEnvironmentInjector, type EnvironmentInjector } from '@angular/core';
import { Auth, AuthError, providePoolhouse } from '@poolhouse/angular';
import type { ServerConfig } from './server-config';

/** A sign-in under way: with the kit for Angular, as in any application. It forgets the tokens when closed. */
export interface KitSignIn {
  /** `new-password` when the administrator who made the account gave a temporary one. */
  signIn(username: string, password: string): Promise<'done' | 'new-password'>;
  setNewPassword(password: string): Promise<void>;
  accessToken(): Promise<string>;
  /** Ends all other sign-ins of this administrator. */
  changePassword(previous: string, proposed: string): Promise<void>;
  close(): void;
}

/** Begins a sign-in at the administrators' pool, in the page's memory only. */
export function openKitSignIn(config: ServerConfig, parent: EnvironmentInjector): KitSignIn {
  const { userPoolId, clientId } = config;
  const endpoint = location.origin;
  const injector = createEnvironmentInjector(
    [providePoolhouse({ userPoolId, clientId, endpoint, storage: 'memory' }), Auth],
    parent,
  );
  const auth = injector.get(Auth);
  return {
    async signIn(username, password) {
      const { next } = await auth.signIn({ username, password });
      if (next === 'signed-in') return 'done';
      if (next === 'new-password-required') return 'new-password';
      throw new Error('This account is not confirmed. Ask an owner.');
    },
    setNewPassword: async (password) => {
      await auth.completeNewPassword({ password });
    },
    async accessToken() {
      const token = await auth.accessToken();
      if (token === null) throw new Error('The sign-in gave no token. Try again.');
      return token;
    },
    changePassword: (previous, proposed) => auth.changePassword({ previous, proposed }),
    close: () => injector.destroy(),
  };
}

/** Whether it was the name or the password, and nothing else, that was wrong. */
export function isWrongPassword(thrown: unknown): boolean {
  const codes = ['wrong-credentials', 'wrong-password', 'temporary-password-expired'];
  return thrown instanceof AuthError && codes.includes(thrown.code);
}

/** What to say about a sign-in that failed. */
export function signInProblem(thrown: unknown): string {
  if (thrown instanceof AuthError || thrown instanceof Error) return thrown.message;
  return 'The sign-in did not work. Try again.';
}
