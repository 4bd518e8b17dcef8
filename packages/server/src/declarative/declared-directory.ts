import {
  listOf,
  Misshapen,
  object,
  optional,
  recordOf,
  text as plainText,
  where,
  withDefault,
  type Shape,
  type Shaped,
} from '../shapes/shape.ts';

const text = plainText({ least: 1, problem: 'must be a text: put it in quotes' });

/** Where a value is that must not stand in the file, or is too long for it. */
const reference = where(
  object({ env: optional(text), file: optional(text) }, { strict: true }),
  ({ env, file }) => (env === undefined) !== (file === undefined),
  'must name either an environment variable (env) or a file',
);

/** Where a value is. */
export type Reference = Shaped<typeof reference>;

/** A secret: never in the file itself. */
export const secretReference: Shape<Reference> = (given, path = []) => {
  if (typeof given !== 'string') return reference(given, path);
  const problem = 'is a secret: name the environment variable (env) or the file that has it';
  throw new Misshapen(path, problem, 'value');
};

const detail: Shape<string | Reference> = (given, path) =>
  typeof given === 'object' && given !== null ? reference(given, path) : text(given, path);

const details: Shape<Readonly<Record<string, string | Reference>>> = (given, path = []) => {
  const all = recordOf(detail)(given, path);
  for (const name of ['client_secret', 'private_key']) {
    if (Object.hasOwn(all, name)) secretReference(all[name], [...path, name]);
  }
  return all;
};

/** A resource server of a pool, its scopes with what they permit. */
export const resourceServer = object(
  { identifier: text, name: text, scopes: withDefault(recordOf(text), {}) },
  { strict: true },
);

/** An identity provider of a pool; the details have the API's own names (ProviderDetails). */
export const identityProvider = object(
  {
    name: text,
    type: text,
    details,
    attributeMapping: optional(recordOf(text)),
    identifiers: optional(listOf(text)),
    acrMapping: optional(recordOf(text)),
  },
  { strict: true },
);

/** A resource server of a declaration. */
export type DeclaredResourceServer = Shaped<typeof resourceServer>;
/** An identity provider of a declaration. */
export type DeclaredProvider = Shaped<typeof identityProvider>;
