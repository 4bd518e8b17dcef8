import { createReadStream } from 'node:fs';

/** The ends of a connection, as its socket tells them. */
export interface ConnectionEnds {
  readonly remotePort?: number | undefined;
  readonly localPort?: number | undefined;
}

/** What the kernel's tables tell of the connections that were looked for. */
export interface FarEnds {
  /** The users of the sockets at the far end, by {@link farEndKey}; those that no program holds any more are left out. */
  readonly users: ReadonlyMap<string, readonly number[]>;
  /** Whether the tables told anything at all. */
  readonly tells: boolean;
}

/** Where Linux tells every connection of this machine with the user whose it is. Source: proc(5), /proc/net/tcp. */
const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];
const ROOT = 0;

const asked = new WeakMap<ConnectionEnds, Promise<boolean>>();

/**
 * Whether the program at the other end of a loopback connection belongs to another user of this machine, as the workers of
 * a web server do, which may hide every other trace of it. Root does not count: it forwards ports to where a developer sits, as
 * WSL does. `false` where the system does not tell. Asked once for each connection.
 */
export async function isOfAnotherUser(connection: ConnectionEnds): Promise<boolean> {
  // First, and alone for all requests of a connection but its first: whose it is stays as it is.
  const known = asked.get(connection);
  if (known !== undefined) return known;
  const ownUser = process.getuid?.();
  const key = farEndKey(connection);
  // None of a network at all, or no users.
  if (key === undefined || ownUser === undefined) return false;
  const answer = nextReading(key).then((farEnds) => isAnothersEnd(farEnds, key, ownUser));
  asked.set(connection, answer);
  return answer;
}

/**
 * Whether a far end is held by somebody who is neither `ownUser` nor root, or by nobody: a web server lets go as soon as its own
 * client has, and the request that it sent on before is still a stranger's. Tables that tell nothing leave the answer at no.
 */
export function isAnothersEnd({ users, tells }: FarEnds, key: string, ownUser: number): boolean {
  const holders = users.get(key);
  if (holders === undefined) return tells;
  return holders.some((user) => user !== ownUser && user !== ROOT);
}

let wanted = new Set<string>();
let next: Promise<FarEnds> | undefined;
let last: Promise<unknown> = Promise.resolve();

/**
 * The reading that begins next, since the one that runs may be past the place already. One at a time, for all who have come until it
 * begins: the tables of a busy machine take tens of milliseconds, and somebody may open hundreds of connections.
 */
function nextReading(key: string): Promise<FarEnds> {
  wanted.add(key);
  next ??= last.then(() => {
    const keys = wanted;
    wanted = new Set();
    next = undefined;
    const reading = findFarEnds(TABLES.map(textsOf), keys);
    last = reading;
    return reading;
  });
  return next;
}

/** Looks for far ends in tables that come in pieces, and looks at the next table only for what the ones before do not hold. */
export async function findFarEnds(
  tables: Iterable<AsyncIterable<string> | Iterable<string>>,
  keys: ReadonlySet<string>,
): Promise<FarEnds> {
  const users = new Map<string, number[]>();
  let tells = false;
  for (const table of tables) {
    let rest = '';
    for await (const text of table) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const key = keyOfLine(line);
        tells ||= key !== undefined;
        if (key === undefined || !keys.has(key)) continue;
        const [, , , , , , , user, , inode] = line.trim().split(/ +/);
        if (inode !== '0') users.set(key, [...(users.get(key) ?? []), Number(user)]);
      }
    }
    if (users.size === keys.size) break;
  }
  return { users, tells };
}

/** Names the far end of a connection: seen from there, its own port comes first. */
export function farEndKey({ remotePort, localPort }: ConnectionEnds): string | undefined {
  if (remotePort === undefined || localPort === undefined) return undefined;
  return `${hex(remotePort)} ${hex(localPort)}`;
}

const hex = (port: number) => port.toString(16).toUpperCase().padStart(4, '0');

/** Like `0: 0100007F:C350 0100007F:20D0 01 ...`; the first line has no number. No expression, for there are tens of thousands. */
function keyOfLine(line: string): string | undefined {
  const address = line.indexOf(': ') + 2;
  if (address === 1) return undefined;
  const end = line.indexOf(' ', address);
  const farEnd = line.indexOf(' ', end + 1);
  return `${line.slice(end - 4, end)} ${line.slice(farEnd - 4, farEnd)}`;
}

/** The kernel hands out one page at a time; nothing where there is no such table, or it breaks off. */
async function* textsOf(file: string): AsyncGenerator<string> {
  try {
    yield* createReadStream(file, 'latin1') as AsyncIterable<string>;
  } catch {
    // Other systems do not tell.
  }
}
