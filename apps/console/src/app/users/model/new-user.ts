import type {
  AdminCreateUserRequest,
  AdminSetUserPasswordRequest,
  AttributeType,
  DeliveryMediumType,
  PasswordPolicyType,
  UserPoolType,
} from '@poolhouse/model';
import {
  hasBlankEdges,
  isUsername,
  passwordRules,
  temporaryPassword,
  type PasswordRule as ListedRule,
} from '@poolhouse/rules';
import { problemOf, type AttributeProblem } from './attribute-draft.ts';

/** How a new user gets in for the first time. */
export type FirstPassword = 'invitation' | 'temporary' | 'permanent';

/** What is entered for a new user. */
export interface NewUserValues {
  readonly username: string;
  /** By attribute; empty ones are left out. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly verified: readonly ('email' | 'phone_number')[];
  readonly first: FirstPassword;
  readonly password: string;
  readonly mediums: readonly DeliveryMediumType[];
}

const ADDRESSES: ReadonlySet<string> = new Set(['email', 'phone_number']);

/** A user who is about to be created, and what stands against it. */
export class NewUser {
  readonly #pool: UserPoolType;
  readonly values: NewUserValues;

  constructor(pool: UserPoolType, values: Partial<NewUserValues> = {}) {
    this.#pool = pool;
    this.values = {
      username: '',
      attributes: {},
      verified: [],
      first: 'invitation',
      password: '',
      mediums: ['EMAIL'],
      ...values,
    };
  }

  with(values: Partial<NewUserValues>): NewUser {
    return new NewUser(this.#pool, { ...this.values, ...values });
  }

  /** Addresses that are the user name in this pool; empty where people have a name of their own. */
  get addressesAsNames(): readonly string[] {
    return this.#pool.UsernameAttributes ?? [];
  }

  /** Whether the invitation goes to this address. */
  isInvitedBy(attribute: string): boolean {
    const { first, mediums } = this.values;
    if (first !== 'invitation') return false;
    return mediums.includes(attribute === 'email' ? 'EMAIL' : 'SMS') && ADDRESSES.has(attribute);
  }

  /** Attributes to ask for: those that the pool requires, and where an invitation goes to. */
  get asked(): readonly string[] {
    const required = (this.#pool.SchemaAttributes ?? [])
      .filter(({ Required, Name }) => Required === true && Name !== 'sub')
      .map(({ Name }) => Name ?? '');
    const asked = new Set(['email', ...required, 'phone_number', 'name']);
    return [...asked].filter((name) => !this.#isName(name));
  }

  isRequired(name: string): boolean {
    return this.#schema(name)?.Required === true;
  }

  /** Problems by field: `username`, `password`, `mediums`, or an attribute. */
  get problems(): Readonly<Record<string, AttributeProblem | 'weak' | 'no-address' | 'no-name'>> {
    const { username, first, password, mediums, attributes } = this.values;
    const found: Record<string, AttributeProblem | 'weak' | 'no-address' | 'no-name'> = {};
    const name = username.trim();
    if (!isUsername(name)) found['username'] = 'no-name';
    else if (this.addressesAsNames.length > 0 && this.#nameAttribute() === undefined) {
      found['username'] = 'no-address';
    }
    for (const [attribute, value] of Object.entries(attributes)) {
      // Required ones are asked of the user at the first sign-in: source behaviour.md 5.4.
      const schema = this.#schema(attribute);
      const problem = schema && value !== '' ? problemOf(schema, value) : undefined;
      if (problem !== undefined) found[attribute] = problem;
    }
    const reachable = mediums.length > 0 && mediums.every((medium) => this.#addressFor(medium));
    if (first === 'invitation' && !reachable) {
      found['mediums'] = 'no-address';
    }
    if (first !== 'invitation' && unmet(policyOf(this.#pool), password).length > 0) {
      found['password'] = 'weak';
    }
    return found;
  }

  /** What creates the user. A set password is never sent in a message. */
  get create(): AdminCreateUserRequest {
    const { username, first, password, mediums } = this.values;
    const common = {
      UserPoolId: this.#pool.Id ?? '',
      Username: username.trim(),
      UserAttributes: this.#attributes(),
    };
    if (first === 'invitation') return { ...common, DesiredDeliveryMediums: mediums };
    const silent = { ...common, MessageAction: 'SUPPRESS' as const };
    return first === 'temporary' ? { ...silent, TemporaryPassword: password } : silent;
  }

  /** What sets the lasting password afterwards; `undefined` where the user chooses one at the first sign-in. */
  setPassword(username: string): AdminSetUserPasswordRequest | undefined {
    if (this.values.first !== 'permanent') return undefined;
    return {
      UserPoolId: this.#pool.Id ?? '',
      Username: username,
      Password: this.values.password,
      Permanent: true,
    };
  }

  #attributes(): readonly AttributeType[] {
    const given = Object.entries(this.values.attributes).filter(([, value]) => value !== '');
    const addressed = new Set([...given.map(([name]) => name), this.#nameAttribute() ?? '']);
    const marks = this.values.verified.filter((name) => addressed.has(name));
    return [
      ...given.map(([Name, Value]) => ({ Name, Value })),
      ...marks.map((name) => ({ Name: `${name}_verified`, Value: 'true' })),
    ];
  }

  /** The attribute that the user name is, in a pool whose names are addresses. */
  #nameAttribute(): string | undefined {
    const name = this.values.username.trim();
    return this.addressesAsNames.find((attribute) => {
      const schema = this.#schema(attribute) ?? { Name: attribute };
      return problemOf(schema, name) === undefined && name !== '';
    });
  }

  #isName(attribute: string): boolean {
    return this.addressesAsNames.length === 1 && this.addressesAsNames[0] === attribute;
  }

  #addressFor(medium: DeliveryMediumType): boolean {
    const attribute = medium === 'SMS' ? 'phone_number' : 'email';
    return Boolean(this.values.attributes[attribute]) || this.#nameAttribute() === attribute;
  }

  #schema(name: string) {
    return this.#pool.SchemaAttributes?.find(({ Name }) => Name === name);
  }
}

/** A rule that passwords of a pool follow. */
export type PasswordRule = ListedRule | 'edges';

/** The pool's password policy. */
export function policyOf(pool: UserPoolType): PasswordPolicyType {
  return pool.Policies?.PasswordPolicy ?? {};
}

/** The rules of a policy, in the order to show them. */
export function rulesOf(policy: PasswordPolicyType): readonly PasswordRule[] {
  return [...passwordRules(policy, '').map(({ rule }) => rule), 'edges'];
}

/** The rules that a password does not meet yet. */
export function unmet(policy: PasswordPolicyType, password: string): readonly PasswordRule[] {
  return [
    ...passwordRules(policy, password).flatMap(({ rule, met }) => (met ? [] : [rule])),
    ...(hasBlankEdges(password) ? (['edges'] as const) : []),
  ];
}

/** Makes a password that meets the policy and no one can guess; `random(n)` gives a whole number from 0 below `n`. */
export function generatedPassword(
  policy: PasswordPolicyType,
  random: (below: number) => number,
): string {
  const pick = (alphabet: string) => alphabet.charAt(random(alphabet.length));
  return temporaryPassword(policy, (alphabet, length) =>
    Array.from({ length }, () => pick(alphabet)).join(''),
  );
}

/** A random whole number from 0 below `below`, without a bias. */
export function secureRandom(below: number): number {
  const limit = Math.floor(2 ** 32 / below) * below;
  const box = new Uint32Array(1);
  do crypto.getRandomValues(box);
  while ((box[0] ?? 0) >= limit);
  return (box[0] ?? 0) % below;
}
