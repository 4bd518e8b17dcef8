const BINDING = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';

/** Where a SAML provider takes requests by redirect. */
export interface SamlEndpoints {
  readonly signOn: string;
  readonly logout?: string;
}

/**
 * The redirect endpoints of a SAML provider's metadata, for showing them; `undefined` if the text is no metadata of a provider. Only start
 * tags and their attributes are read, so no entity is ever resolved. Source: SAML 2.0 Metadata, 2.4.3, 2.4.2.
 */
export function samlEndpoints(metadata: string): SamlEndpoints | undefined {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(metadata)) return undefined;
  const tags = [...metadata.matchAll(TAG)].map(([, name = '', rest = '']) => ({
    name,
    attributes: new Map(
      [...rest.matchAll(ATTRIBUTE)].map(([, key = '', one, other]) => [key, plain(one ?? other)]),
    ),
  }));
  if (!tags.some(({ name }) => name === 'IDPSSODescriptor')) return undefined;
  const locationOf = (service: string) =>
    tags
      .find(({ name, attributes }) => name === service && attributes.get('Binding') === BINDING)
      ?.attributes.get('Location');
  const signOn = locationOf('SingleSignOnService');
  const logout = locationOf('SingleLogoutService');
  return signOn === undefined || !isWebAddress(signOn)
    ? undefined
    : { signOn, ...(logout !== undefined && isWebAddress(logout) && { logout }) };
}

/** A start tag: its local name, and its attributes. Linear: what may follow a character is told by the next one. */
const TAG = /<(?:[\w.-]+:)?([\w.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*\/?>/g;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
};

function plain(text = ''): string {
  return text.replaceAll(/&(?:amp|lt|gt|quot|apos);/g, (entity) => ENTITIES[entity] ?? entity);
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
