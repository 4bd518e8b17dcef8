import type {
  CreateUserPoolClientRequest,
  ExplicitAuthFlowsType,
  TimeUnitsType,
  UpdateUserPoolClientRequest,
  UserPoolClientType,
} from '@poolhouse/model';
import {
  isRefreshValidity,
  isResourceName,
  isShortValidity,
  ranges,
  unitMs,
} from '@poolhouse/rules';
import { isTypedInRange } from '../shared/checks/whole-number.ts';
import { urlsOf, type UrlValues } from './urls.ts';

/** A way to sign in that an app client may allow. */
export type Flow =
  | 'ALLOW_USER_AUTH'
  | 'ALLOW_USER_SRP_AUTH'
  | 'ALLOW_USER_PASSWORD_AUTH'
  | 'ALLOW_ADMIN_USER_PASSWORD_AUTH'
  | 'ALLOW_CUSTOM_AUTH'
  | 'ALLOW_REFRESH_TOKEN_AUTH';

/** The flows to choose from, safest first. Refreshing stands after them, since rotation decides how it is done. */
export const FLOWS: readonly Flow[] = [
  'ALLOW_USER_AUTH',
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_CUSTOM_AUTH',
];

/** How long something lives: a number as typed, and its unit. */
export interface Lifetime {
  readonly value: string;
  readonly unit: TimeUnitsType;
}

/** What is edited of an app client. */
export interface ClientValues extends UrlValues {
  readonly name: string;
  readonly flows: readonly ExplicitAuthFlowsType[];
  readonly access: Lifetime;
  readonly id: Lifetime;
  readonly refresh: Lifetime;
  readonly sessionMinutes: string;
  readonly hidesUsers: boolean;
  readonly revokes: boolean;
  readonly rotates: boolean;
  readonly graceSeconds: string;
  /** `undefined` for all attributes that there are. */
  readonly read: readonly string[] | undefined;
  readonly write: readonly string[] | undefined;
}

/** Why an app client cannot be saved; the texts are the form's. */
export type ClientProblem =
  | 'no-name'
  | 'name'
  | 'no-flow'
  | 'not-a-number'
  | 'day'
  | 'years'
  | 'refresh-shorter'
  | 'session'
  | 'grace';

/** Flows of before 2019 in today's names. Source: behaviour.md 4.1. */
const TODAY: Readonly<Partial<Record<ExplicitAuthFlowsType, readonly Flow[]>>> = {
  ADMIN_NO_SRP_AUTH: [
    'ALLOW_ADMIN_USER_PASSWORD_AUTH',
    'ALLOW_USER_SRP_AUTH',
    'ALLOW_REFRESH_TOKEN_AUTH',
  ],
  USER_PASSWORD_AUTH: [
    'ALLOW_USER_PASSWORD_AUTH',
    'ALLOW_USER_SRP_AUTH',
    'ALLOW_REFRESH_TOKEN_AUTH',
  ],
};
/** What a client may do that names no flow. Source: behaviour.md 4.1. */
const UNNAMED: readonly ExplicitAuthFlowsType[] = [
  'ALLOW_REFRESH_TOKEN_AUTH',
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_CUSTOM_AUTH',
];

/** What new clients begin with: nobody learns who has an account, and what leaks can be taken back. Source: security.md 1. */
const FRESH: ClientValues = {
  name: '',
  flows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  access: { value: '60', unit: 'minutes' },
  id: { value: '60', unit: 'minutes' },
  refresh: { value: '30', unit: 'days' },
  sessionMinutes: '3',
  hidesUsers: true,
  revokes: true,
  rotates: false,
  graceSeconds: '0',
  callbacks: '',
  defaultCallback: '',
  signOuts: '',
  read: undefined,
  write: undefined,
};

/** An app client that is made or edited, what stands against it, and what the API is sent. */
export class ClientDraft {
  readonly values: ClientValues;
  readonly #client: UserPoolClientType | undefined;

  constructor(values: Partial<ClientValues> = {}, client?: UserPoolClientType) {
    this.values = { ...FRESH, ...values };
    this.#client = client;
  }

  /** The draft of a client; what it may write holds the attributes that its pool requires, as the server will have it. */
  static of(client: UserPoolClientType, required: readonly string[] = []): ClientDraft {
    const { WriteAttributes: write } = client;
    const WriteAttributes = write && [...new Set([...write, ...required])];
    const whole = { ...client, WriteAttributes };
    return new ClientDraft(valuesOf(whole), whole);
  }

  with(values: Partial<ClientValues>): ClientDraft {
    return new ClientDraft({ ...this.values, ...values }, this.#client);
  }

  withFlow(flow: Flow, isOn: boolean): ClientDraft {
    const others = this.values.flows.filter((one) => one !== flow);
    return this.with({ flows: isOn ? [...others, flow] : others });
  }

  /** Clients whose refresh tokens rotate refresh in another way, which the flow of before excludes. Source: behaviour.md 4.2. */
  withRotation(rotates: boolean): ClientDraft {
    const others = this.values.flows.filter((flow) => flow !== 'ALLOW_REFRESH_TOKEN_AUTH');
    const flows: readonly ExplicitAuthFlowsType[] = rotates
      ? others
      : [...others, 'ALLOW_REFRESH_TOKEN_AUTH'];
    return this.with({ rotates, flows, graceSeconds: rotates ? '10' : '0' });
  }

  get isChanged(): boolean {
    const saved = this.#client === undefined ? FRESH : valuesOf(this.#client);
    return comparable(saved) !== comparable(this.values);
  }

  get problems(): Readonly<Partial<Record<keyof ClientValues, ClientProblem>>> {
    const { name, access, id, refresh, sessionMinutes, rotates, graceSeconds, flows } = this.values;
    const found: Partial<Record<keyof ClientValues, ClientProblem>> = {};
    if (name.trim() === '') found.name = 'no-name';
    else if (!isResourceName(name.trim())) found.name = 'name';
    if (!flows.some((flow) => flow !== 'ALLOW_REFRESH_TOKEN_AUTH')) found.flows = 'no-flow';
    for (const [field, lifetime] of [
      ['access', access],
      ['id', id],
    ] as const) {
      const lengthMs = lengthMsOf(lifetime);
      if (lengthMs === undefined) found[field] = 'not-a-number';
      else if (!isShortValidity(lengthMs)) found[field] = 'day';
    }
    const [refreshes, most] = [
      lengthMsOf(refresh),
      Math.max(lengthMsOf(access) ?? 0, lengthMsOf(id) ?? 0),
    ];
    if (refreshes === undefined) found.refresh = 'not-a-number';
    else if (!isRefreshValidity(refreshes)) found.refresh = 'years';
    else if (refreshes < most) found.refresh = 'refresh-shorter';
    if (!isTypedInRange(sessionMinutes, ranges.sessionMinutes)) found.sessionMinutes = 'session';
    if (rotates && !isTypedInRange(graceSeconds, ranges.retryGraceSeconds))
      found.graceSeconds = 'grace';
    return found;
  }

  create(UserPoolId: string, GenerateSecret: boolean): CreateUserPoolClientRequest {
    return { UserPoolId, ...this.#settings(), ClientName: this.values.name.trim(), GenerateSecret };
  }

  /** Everything of the client, since what is left out would go back to its default. Source: behaviour.md 3.1. */
  update(): UpdateUserPoolClientRequest {
    const {
      ClientSecret: _secret,
      ClientType: _type,
      CreationDate: _created,
      LastModifiedDate: _changed,
      ...kept
    } = this.#client ?? {};
    return {
      ...kept,
      ...this.#settings(),
      UserPoolId: kept.UserPoolId ?? '',
      ClientId: kept.ClientId ?? '',
    };
  }

  #settings() {
    const { values } = this;
    return {
      ClientName: values.name.trim(),
      ExplicitAuthFlows: values.flows,
      AccessTokenValidity: Number(values.access.value),
      IdTokenValidity: Number(values.id.value),
      RefreshTokenValidity: Number(values.refresh.value),
      TokenValidityUnits: {
        AccessToken: values.access.unit,
        IdToken: values.id.unit,
        RefreshToken: values.refresh.unit,
      },
      AuthSessionValidity: Number(values.sessionMinutes),
      PreventUserExistenceErrors: values.hidesUsers ? ('ENABLED' as const) : ('LEGACY' as const),
      EnableTokenRevocation: values.revokes,
      RefreshTokenRotation: values.rotates
        ? { Feature: 'ENABLED' as const, RetryGracePeriodSeconds: Number(values.graceSeconds) }
        : undefined,
      CallbackURLs: listOf(values.callbacks),
      DefaultRedirectURI: values.defaultCallback || undefined,
      LogoutURLs: listOf(values.signOuts),
      ReadAttributes: values.read,
      WriteAttributes: values.write,
    };
  }
}

function valuesOf(client: UserPoolClientType): ClientValues {
  const units = client.TokenValidityUnits ?? {};
  const rotation = client.RefreshTokenRotation;
  // An access or ID token without a length of its own lives an hour, whatever the unit says.
  const short = (value: number | undefined, unit: TimeUnitsType | undefined): Lifetime =>
    value === undefined ? FRESH.access : { value: String(value), unit: unit ?? 'hours' };
  return {
    name: client.ClientName ?? '',
    flows: todaysFlows(client.ExplicitAuthFlows ?? []),
    access: short(client.AccessTokenValidity, units.AccessToken),
    id: short(client.IdTokenValidity, units.IdToken),
    refresh: {
      value: String(client.RefreshTokenValidity ?? 30),
      unit: units.RefreshToken ?? 'days',
    },
    sessionMinutes: String(client.AuthSessionValidity ?? 3),
    hidesUsers: client.PreventUserExistenceErrors === 'ENABLED',
    revokes: client.EnableTokenRevocation ?? true,
    rotates: rotation?.Feature === 'ENABLED',
    graceSeconds: String(rotation?.RetryGracePeriodSeconds ?? 0),
    callbacks: (client.CallbackURLs ?? []).join('\n'),
    defaultCallback: client.DefaultRedirectURI ?? '',
    signOuts: (client.LogoutURLs ?? []).join('\n'),
    read: client.ReadAttributes,
    write: client.WriteAttributes,
  };
}

function todaysFlows(flows: readonly ExplicitAuthFlowsType[]): readonly ExplicitAuthFlowsType[] {
  if (flows.length === 0) return UNNAMED;
  return [
    ...new Set(flows.flatMap((flow): readonly ExplicitAuthFlowsType[] => TODAY[flow] ?? [flow])),
  ];
}

/** Order means nothing in these lists. */
function comparable(values: ClientValues): string {
  const sorted = (list: readonly string[] | undefined) => list && [...list].sort();
  return JSON.stringify({
    ...values,
    flows: sorted(values.flows),
    callbacks: urlsOf(values.callbacks),
    signOuts: urlsOf(values.signOuts),
    read: sorted(values.read) ?? 'all',
    write: sorted(values.write) ?? 'all',
  });
}

/** No list where there is none. */
function listOf(text: string): readonly string[] | undefined {
  const urls = urlsOf(text);
  return urls.length > 0 ? urls : undefined;
}

function lengthMsOf({ value, unit }: Lifetime): number | undefined {
  return /^\d{1,9}$/.test(value) ? Number(value) * unitMs[unit] : undefined;
}
