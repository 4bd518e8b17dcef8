import type { CallPool } from '../pool/pool-api';
import type { PoolOperations } from '../pool/wire';
import { destinationOf, type Destination } from './destination';
import type { ForgottenPasswordInput, SignUpInput } from './outcomes';
import { compact, listOf } from './typed-input';

/** What people do with codes before they are signed in, at one app client. Source: API model. */
export class CodeCalls {
  readonly #call: CallPool;
  readonly #clientId: string;

  constructor(call: CallPool, clientId: string) {
    this.#call = call;
    this.#clientId = clientId;
  }

  /** Makes an account. */
  signUp({
    username,
    password,
    attributes = {},
  }: SignUpInput): Promise<PoolOperations['SignUp']['output']> {
    return this.#call('SignUp', {
      ...this.#who(username),
      ...(password !== undefined && { Password: password }),
      UserAttributes: listOf(attributes),
    });
  }

  /** Confirms an account. */
  async confirm(username: string, code: string): Promise<{ readonly session?: string }> {
    const { Session: session } = await this.#call('ConfirmSignUp', {
      ...this.#who(username),
      ConfirmationCode: compact(code),
    });
    return session === undefined ? {} : { session };
  }

  /** Sends the message of a sign-up again. */
  async resend(username: string): Promise<Destination | undefined> {
    const answer = await this.#call('ResendConfirmationCode', this.#who(username));
    return destinationOf(answer.CodeDeliveryDetails);
  }

  /** Sends a code for a new password. */
  async forgot(username: string): Promise<Destination | undefined> {
    const answer = await this.#call('ForgotPassword', this.#who(username));
    return destinationOf(answer.CodeDeliveryDetails);
  }

  /** Replaces the password. */
  async replacePassword({ username, code, password }: ForgottenPasswordInput): Promise<void> {
    await this.#call('ConfirmForgotPassword', {
      ...this.#who(username),
      ConfirmationCode: compact(code),
      Password: password,
    });
  }

  #who(username: string) {
    return { ClientId: this.#clientId, Username: username.trim() };
  }
}
