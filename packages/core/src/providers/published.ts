import { discovered } from '../domain/providers/provider-details.ts';
import type { ProviderDetails } from '../domain/providers/identity-provider.ts';
import type { ProviderRequest } from '../domain/providers/provider-checks.ts';
import { samlEndpoints } from '../domain/providers/saml-metadata.ts';
import { settingsTexts } from '../domain/settings-texts.ts';
import type { OperationContext } from '../operation.ts';

/**
 * The details that a provider itself publishes, where a request does not give them: endpoints of OIDC by discovery, and those of SAML from
 * the metadata. Never call it in a transaction. Source: federation-triggers.md 1.1, 1.3.
 */
export async function publishedDetails(
  ctx: OperationContext<'InvalidParameterException', never>,
  { type, details }: Pick<ProviderRequest, 'type' | 'details'>,
): Promise<ProviderDetails> {
  if (type === 'SAML') return samlDetails(ctx, details);
  const keys = Object.keys(discovered) as (keyof typeof discovered)[];
  if (type !== 'OIDC' || keys.every((key) => details[key])) return {};
  const issuer = details['oidc_issuer']?.replace(/\/$/, '') ?? '';
  const text = await ctx.world.documents.read(`${issuer}/.well-known/openid-configuration`);
  const document = parsed(text ?? '');
  const found: Record<string, string> = {};
  for (const key of keys.filter((one) => !details[one])) {
    const url = document[discovered[key]];
    if (typeof url === 'string' && isSecure(url)) found[key] = url;
    // A provider without userInfo says everything in its ID tokens.
    else if (key !== 'attributes_url' || url !== undefined) {
      return ctx.fail('InvalidParameterException', settingsTexts.discoveryFailed);
    }
  }
  return found;
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function isSecure(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'https:';
}

async function samlDetails(
  ctx: OperationContext<'InvalidParameterException', never>,
  { MetadataURL: url, MetadataFile: file }: ProviderDetails,
): Promise<ProviderDetails> {
  const metadata = url ? await ctx.world.documents.read(url) : file;
  if (metadata === undefined) {
    return ctx.fail('InvalidParameterException', settingsTexts.metadataUnreachable(url ?? ''));
  }
  const endpoints = samlEndpoints(metadata);
  if (endpoints === undefined) {
    return ctx.fail('InvalidParameterException', settingsTexts.metadataInvalid);
  }
  return {
    SSORedirectBindingURI: endpoints.signOn,
    ...(endpoints.logout !== undefined && { SLORedirectBindingURI: endpoints.logout }),
  };
}
