import { z } from 'zod';
import { ADMINISTRATORS_REGION, CONSOLE_CLIENT } from '../administrators-pool.ts';

const text = z.string({ error: 'has to be a text: put it in quotes' }).min(1);
const settings = z.record(z.string(), z.unknown()).default({});

const client = z.strictObject({
  /** Fixed where other configuration names it; else the server chooses one. */
  id: text
    .regex(/^[\w+]{1,128}$/, 'has to be of letters, digits, _ and +, such as 26 lower-case letters')
    .refine((id) => id !== CONSOLE_CLIENT, { error: "is the console's own: choose another" })
    .optional(),
  name: text,
  settings,
});

const group = z.strictObject({
  name: text,
  description: text.optional(),
  precedence: z.int('has to be a whole number').min(0, 'has to be 0 or above').optional(),
  roleArn: text.optional(),
});

const user = z
  .strictObject({
    username: text,
    /** Counts as verified: who writes the file vouches for it. */
    email: text.optional(),
    attributes: z.record(z.string(), text).default({}),
    /** `generate` makes one, which the server tells once. */
    temporaryPassword: text.optional(),
    /** Lasting, for test servers only: no repository should hold one. */
    password: text.optional(),
    groups: z.array(text).default([]),
  })
  .refine((given) => given.password === undefined || given.temporaryPassword === undefined, {
    error: 'has both a password and a temporaryPassword: keep one',
  });

const pool = z
  .strictObject({
    id: text
      .regex(
        /^(?=.{3,55}$)[\w-]+_[0-9a-zA-Z]+$/,
        'has to be <region>_<letters and digits>, such as ph-local-1_Poolhouse1',
      )
      .optional(),
    /** The id under which a data folder may have the pool already: there it stays. */
    formerId: text.optional(),
    region: text.regex(/^[A-Za-z0-9-]{1,32}$/, 'has to be of letters, digits and -').optional(),
    name: text,
    settings,
    /** Ours, for the API has no member for it: whether ChangePassword leaves the user's other sign-ins alone. */
    changePasswordKeepsSessions: z.boolean('has to be true or false').optional(),
    clients: z.array(client).default([]),
    groups: z.array(group).default([]),
    users: z.array(user).default([]),
  })
  .refine(({ id, region }) => !id || !region || id.startsWith(`${region}_`), {
    error: 'is in another region than its id says: leave the region out',
    path: ['region'],
  })
  .refine(({ id, region }) => (id?.split('_')[0] ?? region) !== ADMINISTRATORS_REGION, {
    error: 'is in the region of the console, whose pool is its own: choose another',
  });

/** What a declaration file may hold. Members of `settings` have the API's own names. */
export const declaration = z.strictObject({
  pools: z.array(pool, { error: 'has to be a list of pools' }),
});

/** A checked declaration: what shall be there once the server has started. */
export type Declaration = z.infer<typeof declaration>;
/** A user pool of a declaration. */
export type DeclaredPool = Declaration['pools'][number];
/** An app client of a declaration. */
export type DeclaredClient = DeclaredPool['clients'][number];
/** A user of a declaration. */
export type DeclaredUser = DeclaredPool['users'][number];
