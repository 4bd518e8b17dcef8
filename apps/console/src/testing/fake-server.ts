import { vi } from 'vitest';
import type { InputOf, OperationName, OutputOf } from '@poolhouse/model';
import { ApiError } from '../app/api/api-error';
import type { RequestParts, Requests } from '../app/api/request';
import type { ServerConfig } from '../app/api/server-config';
import type { ConsoleSession, Role } from '../app/api/session';
import { FakeSignIns } from './fake-sign-ins';

/** What a request to the console's server came to. */
export interface Asked {
  /** The method and the path, such as `POST pools/local_shop00001/users/list`; of an operation its name alone. */
  readonly what: string;
  /** The operation's input, else the body. */
  readonly input: unknown;
}

type Answer = (input: never, path: string) => unknown;

/**
 * The console's server for tests: answers what it was told to, keeps what it was asked, and refuses, fails or keeps people waiting
 * when it is told to. Everything else of the console is as it is in a browser.
 */
export class FakeServer implements Pick<Requests, 'send'> {
  /** Who can sign in to the console. */
  readonly signIns = new FakeSignIns((role) => (this.role = role));
  readonly #answers: { readonly what: string | RegExp; readonly answer: Answer }[] = [];
  readonly #failures = new Map<string, ApiError>();
  readonly #held = new Map<string, PromiseWithResolvers<void>>();
  readonly #asked: Asked[] = [];
  /** The regions that operations were asked of, in order. */
  readonly regions: string[] = [];
  #waiting = 0;
  /** Who is signed in; nobody where it is absent. */
  role: Role | undefined;
  config: ServerConfig = {
    userPoolId: 'admin_console01',
    clientId: 'console',
    regions: ['local'],
    needsSetUp: false,
  };

  constructor(role: Role | undefined = 'owner') {
    this.role = role;
    this.at('GET config', () => this.config);
    this.at('GET delivery', () => ({ sms: 'inbox' }));
    this.at('GET session', () => this.session());
    this.at('POST session', () => this.session());
    this.at('DELETE session', () => {
      this.role = undefined;
      return {};
    });
  }

  /** Answers an operation; the answer planned last counts. */
  on<Name extends OperationName>(
    name: Name,
    answer: OutputOf<Name> | ((input: InputOf<Name>) => OutputOf<Name>),
  ): this {
    return this.at(name, typeof answer === 'function' ? answer : () => answer);
  }

  /** Answers what is no operation, such as `GET administrators`. */
  at(what: string | RegExp, answer: Answer): this {
    this.#answers.unshift({ what, answer });
    return this;
  }

  /** Refuses the next request of this kind. */
  failNext(what: string, code = 'InternalErrorException', message = 'It went wrong here.'): this {
    this.#failures.set(what, new ApiError(code, message, 'request-1'));
    return this;
  }

  /** Keeps whoever asks for this waiting, until what is returned is called. */
  hold(what: string): () => void {
    const gate = Promise.withResolvers<void>();
    this.#held.set(what, gate);
    return () => {
      this.#held.delete(what);
      gate.resolve();
    };
  }

  /** Whether somebody is being kept waiting. */
  get isHolding(): boolean {
    return this.#waiting > 0;
  }

  /** What requests of this kind were sent with, in order. */
  inputs<Name extends OperationName>(name: Name): readonly InputOf<Name>[];
  inputs(what: string): readonly unknown[];
  inputs(what: string): readonly unknown[] {
    return this.#asked.filter((one) => one.what === what).map(({ input }) => input);
  }

  /** What changed something, or would have, in order; the session apart. */
  get writes(): readonly string[] {
    return this.#asked
      .map(({ what }) => what)
      .filter((what) => !/^(GET|Describe|List|Get|AdminGet|AdminList)|session$|\/list$/.test(what));
  }

  readonly send = vi.fn(async (path: string, { method = 'GET', body }: RequestParts = {}) => {
    const operation = /^operations\/(\w+)$/.exec(path)?.[1];
    const what = operation ?? `${method} ${path}`;
    const call = body as { readonly input: unknown; readonly region: string };
    const input = operation ? call.input : body;
    if (operation) this.regions.push(call.region);
    this.#asked.push({ what, input });
    const held = [...this.#held].find(([kind]) => kind === what)?.[1];
    if (held) {
      this.#waiting += 1;
      await held.promise;
      this.#waiting -= 1;
    }
    const failure = this.#failures.get(what);
    this.#failures.delete(what);
    if (failure) throw failure;
    const plan = this.#answers.find(({ what: kind }) =>
      typeof kind === 'string' ? kind === what : kind.test(what),
    );
    if (!plan) throw new Error(`The test plans no answer to: ${what}`);
    return plan.answer(input as never, path);
  }) as Requests['send'];

  /** Who is signed in, as the server tells it. */
  session(): ConsoleSession {
    if (this.role === undefined) throw new ApiError('SignedOut', 'You are signed out.');
    return {
      username: 'olga',
      email: 'olga@example.com',
      role: this.role,
      csrfToken: 'csrf',
      expiresAtMs: Date.now() + 3_600_000,
      operations: OPERATIONS,
    };
  }
}

/** The least role for each operation, as the server has it: viewers read, operators look after users, owners do everything. */
const OPERATIONS = new Proxy<ConsoleSession['operations']>(
  {},
  {
    get: (_, name: string): Role => {
      if (/^(Describe|List|Get|AdminGet|AdminList)/.test(name)) return 'viewer';
      return name.startsWith('Admin') ? 'operator' : 'owner';
    },
  },
);
