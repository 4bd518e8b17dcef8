import { ConfigurationError } from '../errors/configuration-error.ts';
import type { JwkSet } from './key-set.ts';

/** A user pool whose tokens are accepted. Without `endpoint`, it is a pool of Amazon Cognito. */
export interface PoolOptions {
  /** For example `eu-central-1_aB3dE5fG7`. */
  readonly userPoolId: string;
  /** The app clients whose tokens are accepted. Default: every app client of the pool. */
  readonly clientIds?: readonly string[] | undefined;
  /** Only a check: the region is the first part of the pool id. */
  readonly region?: string | undefined;
  /** The address at which this application reaches Poolhouse, for example `https://id.example.com`; also an address inside a private network. */
  readonly endpoint?: string | undefined;
  /**
   * The required `iss`, if it is not `<endpoint>/<userPoolId>`: a URL, or `'aws'` for a pool whose tokens carry
   * Cognito's own issuer although another server keeps its keys.
   */
  readonly issuer?: string | undefined;
  /** The address of the keys, if it is not `<endpoint or issuer>/.well-known/jwks.json`. */
  readonly jwksUri?: string | undefined;
  /** The keys themselves: nothing is fetched then. For tests, and for machines without a network. */
  readonly jwks?: JwkSet | undefined;
  /** Allows keys to be fetched over plain http from other machines: for private networks only. */
  readonly allowPlainHttp?: boolean | undefined;
}

/** An issuer, looked up by a token's `iss`. */
export interface Issuer {
  readonly issuer: string;
  readonly userPoolId: string;
  /** `undefined`: every client of the pool. */
  readonly clientIds: ReadonlySet<string> | undefined;
  readonly keys: { readonly uri: string } | { readonly fixed: JwkSet };
  /** The address of the pool's API. */
  readonly apiUrl: string;
}

const POOL_ID = /^([0-9A-Za-z-]{1,40})_[0-9A-Za-z]{1,55}$/;
const LOOPBACK = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** The issuers of one pool: Amazon Cognito uses one of two issuer names. Throws `ConfigurationError`. */
export function issuersOf(options: PoolOptions): readonly Issuer[] {
  const { userPoolId, jwks } = options;
  const region = regionOf(userPoolId);
  if (options.region !== undefined && options.region !== region) {
    throw new ConfigurationError(
      `region is "${options.region}", but the pool ${userPoolId} is in "${region}": leave region out, or correct userPoolId.`,
    );
  }
  const clientIds = clientIdsOf(options);
  // It may be empty if it comes from an unset environment variable.
  const endpoint = options.endpoint ? url(options, 'endpoint') : undefined;
  return issuerNames(options, region, endpoint).map((issuer) => {
    const home = endpoint === undefined ? issuer : `${endpoint}/${userPoolId}`;
    const uri =
      options.jwksUri === undefined ? `${home}/.well-known/jwks.json` : url(options, 'jwksUri');
    return {
      issuer,
      userPoolId,
      clientIds,
      keys: jwks === undefined ? { uri } : { fixed: jwks },
      apiUrl: `${endpoint ?? awsHost(region)}/`,
    };
  });
}

/** The region that a pool id begins with. Throws `ConfigurationError` for an invalid id. */
export function regionOf(userPoolId: string): string {
  const region = POOL_ID.exec(String(userPoolId))?.[1];
  if (region === undefined) {
    throw new ConfigurationError(
      `userPoolId is ${JSON.stringify(userPoolId)}: it has to look like "eu-central-1_aB3dE5fG7".`,
    );
  }
  return region;
}

function issuerNames(
  options: PoolOptions,
  region: string,
  endpoint: string | undefined,
): readonly string[] {
  const { userPoolId } = options;
  if (options.issuer === 'aws') return [`${awsHost(region)}/${userPoolId}`];
  if (options.issuer !== undefined) return [url(options, 'issuer', false)];
  if (endpoint !== undefined) return [`${endpoint}/${userPoolId}`];
  return [
    `${awsHost(region)}/${userPoolId}`,
    // The issuer of pools with IssuerConfiguration UPDATED.
    `https://issuer-cognito-idp.${region}.${awsDomain(region)}/${userPoolId}`,
  ];
}

/**
 * The origin at which browsers reach a pool's API, such as `https://id.example.com`: `connect-src` of a content security policy must list it.
 * Throws `ConfigurationError`.
 */
export function poolOrigin(options: Pick<PoolOptions, 'userPoolId' | 'endpoint'>): string {
  const region = regionOf(options.userPoolId);
  return options.endpoint ? new URL(url(options, 'endpoint', false)).origin : awsHost(region);
}

/** The address of Amazon Cognito's API in a region. */
export function awsHost(region: string): string {
  return `https://cognito-idp.${region}.${awsDomain(region)}`;
}

/** Source: the endpoint rules of the AWS SDK; that issuers of China and of the European cloud are named likewise is [unsure]. */
function awsDomain(region: string): string {
  if (region.startsWith('cn-')) return 'amazonaws.com.cn';
  return region.startsWith('eusc-') ? 'amazonaws.eu' : 'amazonaws.com';
}

function clientIdsOf({ clientIds, userPoolId }: PoolOptions): ReadonlySet<string> | undefined {
  if (clientIds === undefined) return undefined;
  const usable =
    clientIds.length > 0 && clientIds.every((id) => typeof id === 'string' && id !== '');
  if (!usable) {
    throw new ConfigurationError(
      `clientIds of the pool ${userPoolId} is empty or has an empty entry: is a setting of the environment missing? Leave clientIds out to let in every app client of the pool.`,
    );
  }
  return new Set(clientIds);
}

/** A URL from the options, without its trailing slash; `fetched` URLs must be safe to fetch from. */
function url(
  options: PoolOptions,
  name: 'endpoint' | 'issuer' | 'jwksUri',
  fetched = options.jwks === undefined,
): string {
  const text = String(options[name]);
  const parsed = URL.canParse(text) ? new URL(text) : null;
  const clean =
    parsed !== null && /^https?:$/.test(parsed.protocol) && !parsed.username && !parsed.hash;
  if (!clean || (name !== 'jwksUri' && parsed.search !== '')) {
    throw new ConfigurationError(
      `${name} is ${JSON.stringify(text)}: it has to be a URL like "https://id.example.com"${name === 'issuer' ? `, or "aws"` : ''}.`,
    );
  }
  if (
    fetched &&
    parsed.protocol === 'http:' &&
    !LOOPBACK.test(parsed.hostname) &&
    options.allowPlainHttp !== true
  ) {
    throw new ConfigurationError(
      `${name} is ${text}: over plain http anybody on the way could replace the keys. Use https, or set allowPlainHttp inside a private network.`,
    );
  }
  return text.replace(/\/+$/, '');
}
