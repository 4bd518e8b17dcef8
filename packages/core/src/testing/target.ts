import type { AuthenticationResultType, ChallengeNameType, InputOf } from '@poolhouse/model';
import type { Harness } from './harness.ts';

/** Flows of an app client that takes every way which needs no factor but a password. */
export const FLOWS = [
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
  'ALLOW_USER_AUTH',
  'ALLOW_CUSTOM_AUTH',
] as const;

/** A client and a user at whom ways are tried. */
export interface Target {
  readonly UserPoolId: string;
  readonly ClientId: string;
  readonly secret?: string;
  readonly username: string;
  readonly password: string;
}

/** The last request of a way, ready to be sent: to the target, or to another one in its place. */
export type LastStep = (at?: Partial<Target>) => Promise<AuthenticationResultType | undefined>;

/** One way to a token: everything up to the request that answers it, then that request. */
export interface TokenPath {
  readonly name: string;
  /** Whether the user must stand before a new password for this way. */
  readonly forNewPassword?: boolean;
  /** The challenges that are proved on it, in their order. */
  readonly proves: readonly ChallengeNameType[];
  /** Whether it ends with the proof of a second factor. */
  readonly second?: boolean;
  /** Whether a code that was sent is the only factor. */
  readonly byCode?: boolean;
  /** Whether the pool's own functions direct it. */
  readonly byFunctions?: boolean;
  /** Whether its session is that of a device which the pool knows. */
  readonly onDevice?: boolean;
  /** What its pool must be made with. */
  readonly pool?: Partial<InputOf<'CreateUserPool'>>;
  /** Whether the last request does what was asked of a user who has proved who they are. */
  readonly doesTask?: boolean;
  /** Makes a pool and a user ready for the way. */
  readonly prepare?: (harness: Harness, target: Target) => Promise<unknown>;
  /** Whether the way goes on from tokens that the user has already. */
  readonly refreshes?: boolean;
  /** Whether what another session has proved counts on it. */
  readonly credits?: boolean;
  readonly begin: (harness: Harness, target: Target) => Promise<LastStep>;
}

/** The user's addresses, which nobody has in another pool. */
export const addressesOf = ({ UserPoolId, username }: Target) => {
  const digits = [...UserPoolId.slice(-9)].map((letter) => letter.charCodeAt(0) % 10).join('');
  return { email: `${username}@${digits}.example.com`, phone: `+1${digits}` };
};

const ref = ({ UserPoolId, username }: Target) => ({ UserPoolId, Username: username });

/** Makes the target's user, with a password of its own or one to be changed. */
export async function makeUser(
  harness: Harness,
  target: Target,
  kind: 'permanent' | 'temporary',
): Promise<void> {
  await harness.call('AdminCreateUser', {
    ...ref(target),
    TemporaryPassword: kind === 'temporary' ? target.password : 'Temporary-1234',
    MessageAction: 'SUPPRESS',
    UserAttributes: [
      { Name: 'email', Value: addressesOf(target).email },
      { Name: 'email_verified', Value: 'true' },
    ],
  });
  if (kind === 'permanent') {
    await harness.call('AdminSetUserPassword', {
      ...ref(target),
      Password: target.password,
      Permanent: true,
    });
  }
}

/** Makes a pool, an app client and a user who are ready for the way. */
export async function makeTarget(
  harness: Harness,
  way: TokenPath,
  withSecret = false,
): Promise<Target> {
  const pool = await harness.makePool(
    { ...way.pool },
    { ExplicitAuthFlows: [...FLOWS], GenerateSecret: withSecret },
  );
  const target: Target = { ...pool, username: 'mara', password: 'Right-1234' };
  await makeUser(harness, target, way.forNewPassword ? 'temporary' : 'permanent');
  await way.prepare?.(harness, target);
  return target;
}
