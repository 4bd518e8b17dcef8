import { isRegionName } from '@poolhouse/rules';
import { ADMINISTRATORS_REGION, CONSOLE_CLIENT } from '../pools/administrators-pool.ts';
import { identityProvider, resourceServer, secretReference } from './declared-directory.ts';
import {
  anything,
  listOf,
  object,
  optional,
  recordOf,
  text as plainText,
  where,
  wholeNumber,
  withDefault,
  yesOrNo,
  type Shape,
  type Shaped,
} from '../shapes/shape.ts';

const text = plainText({ least: 1, problem: 'must be a text: put it in quotes' });
const settings = withDefault(recordOf(anything), {});

/** A text of a form. */
const like = (form: Pick<RegExp, 'test'>, problem: string): Shape<string> =>
  where(text, (given) => form.test(given), problem);

/** A list that may be left out. */
const some = <Value>(item: Shape<Value>) => withDefault(listOf(item), []);

const client = object(
  {
    /** Set it if other configuration refers to it; otherwise the server chooses one. */
    id: optional(
      where(
        like(
          /^[\w+]{1,128}$/,
          'must consist of letters, digits, _ and +, such as 26 lower-case letters',
        ),
        (id) => id !== CONSOLE_CLIENT,
        'is reserved for the console: choose another',
      ),
    ),
    name: text,
    settings,
    /** A secret of the client: the one that it is made with, or one of the two that it may have. */
    secret: optional(secretReference),
    /** For how long an earlier sign-in lets people in, in the names of SetUserPoolClientSessionConfiguration. */
    sessions: optional(recordOf(anything)),
  },
  { strict: true },
);

const group = object(
  {
    name: text,
    description: optional(text),
    precedence: optional(
      where(
        wholeNumber({ problem: 'must be a whole number' }),
        (precedence) => precedence >= 0,
        'must be 0 or above',
      ),
    ),
    roleArn: optional(text),
  },
  { strict: true },
);

const user = where(
  object(
    {
      username: text,
      /** Counts as verified: the author of the file vouches for it. */
      email: optional(text),
      attributes: withDefault(recordOf(text), {}),
      /** `generate` makes the server choose one, which it prints once. */
      temporaryPassword: optional(text),
      /** Permanent, for test servers only: no repository should contain a real one. */
      password: optional(text),
      groups: some(text),
    },
    { strict: true },
  ),
  (given) => given.password === undefined || given.temporaryPassword === undefined,
  'has both a password and a temporaryPassword: keep one',
);

/** Of a mail with a sign-in link. */
const signInLinks = object(
  {
    enabled: yesOrNo({ problem: 'must be true or false' }),
    subject: optional(like(/^.{1,140}$/, 'must be one line of at most 140 characters')),
    message: optional(
      where(
        text,
        (message) =>
          message.length <= 20_000 &&
          message.includes('{####}') &&
          /\{##.{1,2000}?##\}/s.test(message.replaceAll('{####}', '')),
        'must have the link, such as {##Sign in##}, and the code, {####}, in at most 20,000 characters',
      ),
    ),
  },
  { strict: true },
);

const poolMembers = object(
  {
    id: optional(
      like(
        /^(?=.{3,55}$)[\w-]+_[0-9a-zA-Z]+$/,
        'must be <region>_<letters and digits>, such as ph-local-1_Poolhouse1',
      ),
    ),
    /** An earlier id of the pool: a data folder that has the pool under it keeps it. */
    formerId: optional(text),
    region: optional(like({ test: isRegionName }, 'must consist of letters, digits and -')),
    name: text,
    settings,
    /** Second factors and passkeys, in the names of SetUserPoolMfaConfig. */
    mfa: optional(recordOf(anything)),
    /** Whether sessions are tracked, and how many, in the names of SetUserPoolSessionConfiguration. */
    sessions: optional(recordOf(anything)),
    /** Our own, because the API has no member for it: whether ChangePassword leaves the user's other sign-ins alone. */
    changePasswordKeepsSessions: optional(yesOrNo({ problem: 'must be true or false' })),
    /** Our own, too: whether users are told when what they sign in with changes; they are where nothing is said. */
    tellsOfFactorChanges: optional(yesOrNo({ problem: 'must be true or false' })),
    /** Our own: whether the mail of a first factor has a link beside its code. */
    signInLinks: optional(signInLinks),
    resourceServers: some(resourceServer),
    providers: some(identityProvider),
    clients: some(client),
    groups: some(group),
    users: some(user),
  },
  { strict: true },
);

const pool = where(
  where(
    where(
      poolMembers,
      ({ mfa, settings: given }) => mfa === undefined || !('MfaConfiguration' in given),
      'stands in mfa already: keep one',
      ['settings', 'MfaConfiguration'],
    ),
    ({ id, region }) => !id || !region || id.startsWith(`${region}_`),
    'is in a different region than its id: leave the region out',
    ['region'],
  ),
  ({ id, region }) => (id?.split('_')[0] ?? region) !== ADMINISTRATORS_REGION,
  'is in the region that is reserved for the console: choose another',
);

/** What a declaration file may hold. Members of `settings` have the API's own names. */
export const declaration = object(
  { pools: listOf(pool, { problem: 'must be a list of pools' }) },
  { strict: true },
);

/** A checked declaration: what must exist once the server has started. */
export type Declaration = Shaped<typeof declaration>;
/** A user pool of a declaration. */
export type DeclaredPool = Declaration['pools'][number];
/** An app client of a declaration. */
export type DeclaredClient = DeclaredPool['clients'][number];
/** A user of a declaration. */
export type DeclaredUser = DeclaredPool['users'][number];
