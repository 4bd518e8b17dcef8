import type {
  SetUserPoolMfaConfigRequest,
  SetUserPoolSessionConfigurationRequest,
  UpdateUserPoolRequest,
  UserPoolMfaType,
} from '@poolhouse/model';
import { wholeUpdate } from '../api/pool-update.ts';
import { problemsOf, type SignInProblems } from './sign-in-problems.ts';
import { valuesOf, type SignInState, type SignInValues } from './sign-in-values.ts';

/** A request that saves a part of it. */
export type SignInChange =
  | { readonly part: 'pool'; readonly input: UpdateUserPoolRequest }
  | { readonly part: 'mfa'; readonly input: SetUserPoolMfaConfigRequest }
  | { readonly part: 'sessions'; readonly input: SetUserPoolSessionConfigurationRequest };

/** What each part of the page is saved by. */
const PARTS = {
  pool: ['first', 'remembering', 'deviceIsFactor'],
  mfa: ['mfa', 'app', 'sms', 'email', 'relyingParty', 'verifiesUser', 'passkeyIsBoth'],
  sessions: ['tracksSessions', 'mostSessions'],
} as const satisfies Readonly<Record<SignInChange['part'], readonly (keyof SignInValues)[]>>;

/** A pool's sign-in as it is edited, what stands against it, and what saves it. */
export class SignInDraft {
  readonly state: SignInState;
  readonly values: SignInValues;
  readonly saved: SignInValues;

  constructor(state: SignInState, values: SignInValues = valuesOf(state)) {
    this.state = state;
    this.saved = valuesOf(state);
    this.values = values;
  }

  with(values: Partial<SignInValues>): SignInDraft {
    return new SignInDraft(this.state, { ...this.values, ...values });
  }

  /** The same edits upon what the pool has by now. */
  upon(state: SignInState): SignInDraft {
    return new SignInDraft(state, this.values);
  }

  get isChanged(): boolean {
    return this.changedParts.length > 0;
  }

  /** The parts that saving would change. */
  get changedParts(): readonly SignInChange['part'][] {
    return (Object.keys(PARTS) as SignInChange['part'][]).filter((part) =>
      PARTS[part].some((name) => !isSame(this.values[name], this.saved[name])),
    );
  }

  get problems(): SignInProblems {
    return problemsOf(this.values, this.state.pool);
  }

  /**
   * The requests that save what was edited, each with everything that it would reset otherwise, in an order that the server accepts: what a
   * pool allows first and what it asks for after that are saved apart, but must go together at each moment. Source: settings.md 3.
   */
  get changes(): readonly SignInChange[] {
    const changed = this.changedParts;
    const { first, mfa, passkeyIsBoth } = this.values;
    const firstThenMfa = !goTogether({ first: this.saved.first, mfa, passkeyIsBoth });
    const order = firstThenMfa ? (['pool', 'mfa'] as const) : (['mfa', 'pool'] as const);
    const mfaMeanwhile = firstThenMfa && changed.includes('mfa') ? this.saved.mfa : mfa;
    const all: Readonly<Record<SignInChange['part'], () => SignInChange>> = {
      pool: () => ({ part: 'pool', input: this.#poolInput(first, mfaMeanwhile) }),
      mfa: () => ({ part: 'mfa', input: this.#mfaInput() }),
      sessions: () => ({ part: 'sessions', input: this.#sessionsInput() }),
    };
    return [...order, 'sessions' as const]
      .filter((part) => changed.includes(part))
      .map((part) => all[part]());
  }

  #poolInput(first: SignInValues['first'], mfa: UserPoolMfaType): UpdateUserPoolRequest {
    const { pool } = this.state;
    const { remembering, deviceIsFactor } = this.values;
    return wholeUpdate(pool, {
      MfaConfiguration: mfa,
      Policies: {
        ...pool.Policies,
        SignInPolicy: {
          ...pool.Policies?.SignInPolicy,
          AllowedFirstAuthFactors: ['PASSWORD', ...first],
        },
      },
      DeviceConfiguration:
        remembering === 'no'
          ? undefined
          : {
              ChallengeRequiredOnNewDevice: deviceIsFactor,
              DeviceOnlyRememberedOnUserPrompt: remembering === 'asks',
            },
    });
  }

  /** Each call replaces everything: the texts and how SMS are sent go along. */
  #mfaInput(): SetUserPoolMfaConfigRequest {
    const { pool, mfa } = this.state;
    const { values } = this;
    const isOn = values.mfa !== 'OFF';
    return {
      UserPoolId: pool.Id ?? '',
      MfaConfiguration: values.mfa,
      SoftwareTokenMfaConfiguration: isOn && values.app ? { Enabled: true } : undefined,
      SmsMfaConfiguration:
        isOn && values.sms
          ? {
              SmsConfiguration: pool.SmsConfiguration,
              SmsAuthenticationMessage: pool.SmsAuthenticationMessage,
            }
          : undefined,
      EmailMfaConfiguration: isOn && values.email ? (mfa.EmailMfaConfiguration ?? {}) : undefined,
      WebAuthnConfiguration: this.#passkeys,
    };
  }

  get #passkeys(): SetUserPoolMfaConfigRequest['WebAuthnConfiguration'] {
    const { relyingParty, verifiesUser, passkeyIsBoth } = this.values;
    const names = ['relyingParty', 'verifiesUser', 'passkeyIsBoth'] as const;
    if (names.every((name) => this.values[name] === this.saved[name])) {
      return this.state.mfa.WebAuthnConfiguration;
    }
    return {
      RelyingPartyId: relyingParty || undefined,
      UserVerification: verifiesUser ? 'required' : 'preferred',
      FactorConfiguration: passkeyIsBoth ? 'MULTI_FACTOR_WITH_USER_VERIFICATION' : 'SINGLE_FACTOR',
    };
  }

  #sessionsInput(): SetUserPoolSessionConfigurationRequest {
    const { tracksSessions, mostSessions } = this.values;
    return {
      UserPoolId: this.state.pool.Id ?? '',
      UserSessionTracking: tracksSessions ? 'ENABLED' : 'DISABLED',
      // What was typed for a limit that is not wanted any more is not looked at.
      TokenSession: { MaxPerUser: Number(tracksSessions ? mostSessions : this.saved.mostSessions) },
    };
  }
}

/** Where a second factor is required, codes are none of the first ones, and a passkey must be both. Source: settings.md 3#5, 3#6. */
export function goTogether({
  first,
  mfa,
  passkeyIsBoth,
}: Pick<SignInValues, 'first' | 'mfa' | 'passkeyIsBoth'>): boolean {
  if (mfa !== 'ON') return true;
  return first.every((factor) => factor === 'WEB_AUTHN' && passkeyIsBoth);
}

/** Whether two readings tell the same, as far as this page would send it back; how many users there are changes by itself. */
export function isSameState(one: SignInState, other: SignInState): boolean {
  const kept = ({ pool, mfa, sessions }: SignInState) => {
    const { EstimatedNumberOfUsers: _, ...settings } = pool;
    return { settings, mfa, sessions };
  };
  return isSame(kept(one), kept(other));
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
