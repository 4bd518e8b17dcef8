import { AuthError, englishTexts, type AuthErrorCode } from '@poolhouse/angular';
import type { KitSignIn } from '../app/api/kit-sign-in';
import type { KitSignIns } from '../app/api/kit-sign-ins';
import type { Role } from '../app/api/session';

/** An account of the administrators' pool. */
interface Account {
  password: string;
  readonly role: Role;
  /** Whether the password is one that an owner handed on. */
  isTemporary?: boolean;
}

/** Sign-ins at the administrators' pool for tests, without the pool. Whoever has signed in is who the server knows from then on. */
export class FakeSignIns implements Pick<KitSignIns, 'open'> {
  readonly #begin: (role: Role) => void;
  readonly accounts = new Map<string, Account>();
  /** How many sign-ins were begun and not closed. */
  opened = 0;

  constructor(begin: (role: Role) => void) {
    this.#begin = begin;
  }

  open(): Promise<KitSignIn> {
    this.opened += 1;
    let account: Account | undefined;
    const known = (): Account => account ?? fail('signed-out');
    return Promise.resolve({
      signIn: async (username, password) => {
        account = this.accounts.get(username);
        if (account?.password !== password) fail('wrong-credentials');
        if (account.isTemporary) return 'new-password';
        this.#begin(account.role);
        return 'done';
      },
      setNewPassword: async (password) => {
        Object.assign(known(), { password, isTemporary: false });
        this.#begin(known().role);
      },
      accessToken: async () => 'access-token',
      changePassword: async (previous, proposed) => {
        if (known().password !== previous) fail('wrong-password');
        known().password = proposed;
      },
      close: () => (this.opened -= 1),
    } satisfies KitSignIn);
  }
}

function fail(code: AuthErrorCode): never {
  throw new AuthError({ code, message: englishTexts.errors[code] });
}
