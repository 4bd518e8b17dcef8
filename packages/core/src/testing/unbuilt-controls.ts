import type { InputOf } from '@poolhouse/model';
import type { Harness } from './harness.ts';
import type { Target, TokenPath } from './target.ts';

/**
 * Every control on every way to a token (security.md, opening): each is imposed between the first request of a way and
 * its last, where it must hold although the way began well, and before the first.
 */
export interface Control {
  readonly name: string;
  readonly impose: (harness: Harness, target: Target, way: TokenPath) => Promise<unknown>;
  /** What the last request is changed to, for controls that lie in the request. */
  readonly at?: (harness: Harness, target: Target) => Promise<Partial<Target>>;
  /** Codes that may answer. */
  readonly codes: readonly string[];
  /** Ways that the control has nothing to say about, with the reason. */
  readonly spares?: (way: TokenPath) => string | undefined;
  /** Controls of the request itself cannot come before the way begins. */
  readonly onlyLate?: boolean | ((way: TokenPath) => boolean);
}

/** Settings that promise protection which is not built: they refuse until it is. */
const unbuilt = (
  name: string,
  settings: Partial<InputOf<'UpdateUserPool'>>,
  codes: readonly string[],
  refreshGoesOn = true,
): Control => ({
  name,
  impose: async (harness, { UserPoolId }) => {
    const { UserPool } = await harness.call('DescribeUserPool', { UserPoolId });
    const LambdaConfig = { ...UserPool?.LambdaConfig, ...settings.LambdaConfig };
    return harness.call('UpdateUserPool', { UserPoolId, ...settings, LambdaConfig });
  },
  codes,
  spares: (way) =>
    refreshGoesOn && way.refreshes ? 'the sign-in was judged when it was made' : undefined,
});
const lambda = 'arn:aws:lambda:eu-west-1:000000000000:function:guard';

/** One for each setting that refuses until what it promises is built. */
export const unbuiltControls: readonly Control[] = [
  unbuilt(
    'threat protection enforced',
    { UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } },
    ['NotAuthorizedException'],
  ),
  unbuilt('a trigger before the sign-in', { LambdaConfig: { PreAuthentication: lambda } }, [
    'UnexpectedLambdaException',
  ]),
  unbuilt('a trigger after the sign-in', { LambdaConfig: { PostAuthentication: lambda } }, [
    'UnexpectedLambdaException',
  ]),
  unbuilt(
    'a trigger before tokens',
    { LambdaConfig: { PreTokenGeneration: lambda } },
    ['UnexpectedLambdaException'],
    false,
  ),
  unbuilt(
    'a newer trigger before tokens',
    {
      LambdaConfig: {
        PreTokenGenerationConfig: { LambdaArn: lambda, LambdaVersion: 'V2_0' },
      },
    },
    ['UnexpectedLambdaException'],
    false,
  ),
];
