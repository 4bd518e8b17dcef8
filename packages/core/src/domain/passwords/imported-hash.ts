import type { UserImport } from '../imports/user-import.ts';

/** How passwords of an import are hashed. */
export type HashKind = NonNullable<UserImport['hashing']>;

/** A hash that another system has made, with its parameters. Each is within what this server is willing to compute. */
export type ImportedHash =
  | {
      readonly kind: 'BCRYPT';
      /** The rounds are 2 to its power. */
      readonly cost: number;
      /** In bcrypt's own base64. */
      readonly salt: string;
      readonly tag: string;
    }
  | (HashBytes & {
      readonly kind: 'SCRYPT';
      readonly cost: number;
      readonly blockSize: number;
      readonly parallelism: number;
    })
  | (HashBytes & {
      readonly kind: 'ARGON2ID';
      readonly memoryKib: number;
      readonly passes: number;
      readonly parallelism: number;
    })
  | (HashBytes & { readonly kind: 'PBKDF2_SHA256'; readonly iterations: number });

interface HashBytes {
  readonly salt: Buffer;
  readonly tag: Buffer;
}

/**
 * What a sign-in may cost: about a second of one core and 256 MiB, whatever a file says. More is refused when it is imported, so that nobody can make
 * the server compute it.
 */
const MOST = {
  bcryptCost: 14,
  scryptBytes: 128 * 1024 * 1024,
  /** N times r times p. */
  scryptWork: 2 ** 21,
  argonMemoryKib: 256 * 1024,
  /** Memory times passes. */
  argonWorkKib: 1024 * 1024,
  parallelism: 16,
  iterations: 1_300_000,
} as const;

/** Salts and tags that systems make. */
const SALT_BYTES = { least: 8, most: 64 } as const;
const TAG_BYTES = { least: 16, most: 64 } as const;

const BCRYPT = /^\$2[aby]\$(\d\d)\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})$/;
const SCRYPT = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([^$]+)\$([^$]+)$/;
const ARGON2ID = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([^$]+)\$([^$]+)$/;
/** As PHC strings have it, and as Python's passlib writes it. */
const PBKDF2 = /^\$pbkdf2-sha256\$(?:i=)?(\d{1,7})(?:,l=\d{1,2})?\$([^$]+)\$([^$]+)$/;
/** As Django writes it: the salt is a text. */
const DJANGO = /^pbkdf2_sha256\$(\d{1,7})\$([A-Za-z0-9]+)\$([^$]+)$/;

/**
 * Reads a hash as it stands in a file: bcrypt's `$2b$…`, or a PHC string; PBKDF2 also as Django and passlib write it. `undefined` if it is none of this
 * kind, or asks for more than the server should compute. The forms that the service takes are [unsure]. Source: the PHC string format;
 * RFC 7914, 8018, 9106; bcrypt by Provos and Mazières.
 */
export function readImportedHash(kind: HashKind, text: string): ImportedHash | undefined {
  switch (kind) {
    case 'BCRYPT':
      return readBcrypt(text);
    case 'SCRYPT':
      return readScrypt(text);
    case 'ARGON2ID':
      return readArgon2id(text);
    case 'PBKDF2_SHA256':
      return readPbkdf2(text);
  }
}

/** The hash of whichever kind a stored text is. */
export function readAnyHash(text: string): ImportedHash | undefined {
  return readBcrypt(text) ?? readScrypt(text) ?? readArgon2id(text) ?? readPbkdf2(text);
}

function readBcrypt(text: string): ImportedHash | undefined {
  const [, rounds, salt, tag] = BCRYPT.exec(text) ?? [];
  const cost = Number(rounds);
  if (salt === undefined || tag === undefined) return undefined;
  return cost >= 4 && cost <= MOST.bcryptCost ? { kind: 'BCRYPT', cost, salt, tag } : undefined;
}

function readScrypt(text: string): ImportedHash | undefined {
  const [, exponent, r, p, salt, tag] = SCRYPT.exec(text) ?? [];
  const [cost, blockSize, parallelism] = [2 ** Number(exponent), Number(r), Number(p)];
  const bytes = bytesOf(base64Of(salt), tag);
  const isFine =
    cost >= 2 &&
    blockSize >= 1 &&
    parallelism >= 1 &&
    128 * cost * blockSize <= MOST.scryptBytes &&
    cost * blockSize * parallelism <= MOST.scryptWork;
  return bytes && isFine ? { kind: 'SCRYPT', cost, blockSize, parallelism, ...bytes } : undefined;
}

function readArgon2id(text: string): ImportedHash | undefined {
  const [, memory, t, p, salt, tag] = ARGON2ID.exec(text) ?? [];
  const [memoryKib, passes, parallelism] = [Number(memory), Number(t), Number(p)];
  const bytes = bytesOf(base64Of(salt), tag);
  const isFine =
    passes >= 1 &&
    parallelism >= 1 &&
    parallelism <= MOST.parallelism &&
    memoryKib >= 8 * parallelism &&
    memoryKib <= MOST.argonMemoryKib &&
    memoryKib * passes <= MOST.argonWorkKib;
  return bytes && isFine
    ? { kind: 'ARGON2ID', memoryKib, passes, parallelism, ...bytes }
    : undefined;
}

function readPbkdf2(text: string): ImportedHash | undefined {
  const [, rounds, salt, tag] = PBKDF2.exec(text) ?? [];
  const [, djangoRounds, djangoSalt, djangoTag] = DJANGO.exec(text) ?? [];
  const iterations = Number(rounds ?? djangoRounds);
  const bytes = djangoSalt
    ? bytesOf(Buffer.from(djangoSalt), djangoTag)
    : bytesOf(base64Of(salt), tag);
  return bytes && iterations >= 1 && iterations <= MOST.iterations
    ? { kind: 'PBKDF2_SHA256', iterations, ...bytes }
    : undefined;
}

function bytesOf(salt: Buffer | undefined, encodedTag: string | undefined): HashBytes | undefined {
  const tag = base64Of(encodedTag);
  return salt && tag && isWithin(salt, SALT_BYTES) && isWithin(tag, TAG_BYTES)
    ? { salt, tag }
    : undefined;
}

function isWithin(
  { length }: Buffer,
  { least, most }: { readonly least: number; readonly most: number },
): boolean {
  return length >= least && length <= most;
}

/** With or without padding; passlib has a dot for the plus. Only one spelling of the bytes is read. */
function base64Of(text: string | undefined): Buffer | undefined {
  if (text === undefined) return undefined;
  const plain = text.replaceAll('.', '+').replace(/={1,2}$/, '');
  const bytes = Buffer.from(plain, 'base64');
  return bytes.toString('base64').replace(/=+$/, '') === plain ? bytes : undefined;
}

/** A hash of nothing, with the parameters of another one: it costs as much to check. `random` gives bytes. */
export function emptyHashLike(hash: ImportedHash, random: (count: number) => Buffer): string {
  const text = (count: number) => random(count).toString('base64').replace(/=+$/, '');
  switch (hash.kind) {
    case 'BCRYPT': {
      const rounds = String(hash.cost).padStart(2, '0');
      const body = random(40).toString('base64').replaceAll('+', '.').slice(0, 53);
      return `$2b$${rounds}$${body}`;
    }
    case 'SCRYPT': {
      const { cost, blockSize, parallelism, salt, tag } = hash;
      return `$scrypt$ln=${Math.log2(cost)},r=${blockSize},p=${parallelism}$${text(salt.length)}$${text(tag.length)}`;
    }
    case 'ARGON2ID': {
      const { memoryKib, passes, parallelism, salt, tag } = hash;
      return `$argon2id$v=19$m=${memoryKib},t=${passes},p=${parallelism}$${text(salt.length)}$${text(tag.length)}`;
    }
    case 'PBKDF2_SHA256': {
      const { iterations, salt, tag } = hash;
      return `$pbkdf2-sha256$i=${iterations}$${text(salt.length)}$${text(tag.length)}`;
    }
  }
}
