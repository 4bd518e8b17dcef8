import { isLoopbackName } from '../http/loopback.ts';
import { ConfigError } from './config-error.ts';

/** The mode of the server, and the reason for it, as the end of the sentence "Poolhouse runs in <mode>: ...". */
export interface DecidedMode {
  readonly mode: 'development' | 'production';
  readonly because: string;
}

/** The settings that tell who can reach the server. */
export interface Surroundings {
  readonly wanted: 'development' | 'production' | undefined;
  readonly host: string;
  readonly publicUrl: string | undefined;
  readonly hasProxies: boolean;
  readonly nodeEnvironment: string | undefined;
}

/**
 * Development accepts a publicly known access key and shows everyone's mail, so it needs positive proof that this is a developer's
 * machine: any sign of other users makes it production, unless development is requested explicitly (docs/adr/0008; security.md V10,
 * V12). On an address that others can reach, development is refused even then.
 */
export function decideMode(surroundings: Surroundings): DecidedMode {
  const { wanted, host, nodeEnvironment } = surroundings;
  const signs = signsOfOthers(surroundings);
  if (wanted === 'production') return { mode: wanted, because: 'POOLHOUSE_MODE says so' };
  if (wanted === undefined) {
    const [sign] = signs;
    return sign === undefined
      ? { mode: 'development', because: whereItIs(surroundings) }
      : { mode: 'production', because: sign };
  }
  if (nodeEnvironment === 'production') {
    throw new ConfigError(
      'POOLHOUSE_MODE',
      'is development, but NODE_ENV is production',
      'Remove one of them.',
    );
  }
  if (!isLoopbackName(host)) {
    throw new ConfigError(
      'POOLHOUSE_HOST',
      `is ${host}, which others can reach, and POOLHOUSE_MODE is development`,
      'Use 127.0.0.1, or POOLHOUSE_MODE=production.',
    );
  }
  return {
    mode: wanted,
    because:
      signs.length === 0
        ? whereItIs(surroundings)
        : `POOLHOUSE_MODE says so, although ${signs.join(' and ')}; the inbox and the local access key work only under loopback names`,
  };
}

/** Ends the fix of every setting that only production needs, in case production was not intended. */
export const ON_YOUR_OWN_MACHINE =
  'On a machine that only you can reach, you can set POOLHOUSE_MODE=development instead';

function signsOfOthers({
  host,
  publicUrl,
  hasProxies,
  nodeEnvironment,
}: Surroundings): readonly string[] {
  const isElsewhere = publicUrl !== undefined && !isLoopbackName(new URL(publicUrl).hostname);
  return [
    ...(nodeEnvironment === 'production' ? ['NODE_ENV is production'] : []),
    ...(isLoopbackName(host) ? [] : [`it listens on ${host}, which others can reach`]),
    ...(isElsewhere ? [`its public URL is ${publicUrl}`] : []),
    ...(hasProxies ? ['POOLHOUSE_TRUSTED_PROXIES names proxies in front of it'] : []),
  ];
}

function whereItIs({ host, publicUrl }: Surroundings): string {
  const address = publicUrl === undefined ? 'has no public URL' : `its public URL is ${publicUrl}`;
  return `it listens on ${host} and ${address}`;
}
