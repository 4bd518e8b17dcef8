import type { Harness } from './harness.ts';
import type { TokenPath } from './token-paths.ts';

/** Flows of an app client that takes every way which needs no factor but a password. */
export const FLOWS = [
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
] as const;

/** A client and a user at whom ways are tried. */
export interface Target {
  readonly UserPoolId: string;
  readonly ClientId: string;
  readonly secret?: string;
  readonly username: string;
  readonly password: string;
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
    {},
    { ExplicitAuthFlows: [...FLOWS], GenerateSecret: withSecret },
  );
  const target: Target = { ...pool, username: 'mara', password: 'Right-1234' };
  await makeUser(harness, target, way.forNewPassword ? 'temporary' : 'permanent');
  await way.prepare?.(harness, target);
  return target;
}
