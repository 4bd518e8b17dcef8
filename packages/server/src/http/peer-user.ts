import { createReadStream } from 'node:fs';

/** The two ends of a connection, as known to its socket. */
export interface ConnectionEnds {
  readonly remotePort?: number | undefined;
  readonly localPort?: number | undefined;
}

/** What the kernel's tables say about the connections in question. */
export interface FarEnds {
  /** The users of the sockets at the far ends, by {@link farEndKey}; sockets that no program holds any more are left out. */
  readonly users: ReadonlyMap<string, readonly number[]>;
  /** Whether the tables said anything at all. */
  readonly tells: boolean;
}

/** Where Linux lists every connection of this machine with its user. Source: proc(5), /proc/net/tcp. */
const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];
const ROOT = 0;

const asked = new WeakMap<ConnectionEnds, Promise<boolean>>();

/**
 * Whether the program at the other end of a loopback connection belongs to another user of this machine, like the workers of a web server,
 * which may hide every other trace of it. Root does not count, because it forwards ports to where a developer sits, as in WSL. `false` if
 * the system does not tell. Asked once per connection.
 */
export async function isOfAnotherUser(connection: ConnectionEnds): Promise<boolean> {
  // First, because all requests of a connection after its first one need only this: its user cannot change.
  const known = asked.get(connection);
  if (known !== undefined) return known;
  const ownUser = process.getuid?.();
  const key = farEndKey(connection);
  // Not a network connection, or a system without users.
  if (key === undefined || ownUser === undefined) return false;
  const answer = nextReading(key).then((farEnds) => isAnothersEnd(farEnds, key, ownUser));
  asked.set(connection, answer);
  return answer;
}

/**
 * Whether a far end is held by a user other than `ownUser` and root, or by nobody: a web server closes its end as soon as its own client
 * has, and the request that it passed on is still a stranger's. If the tables say nothing, the answer is no.
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
 * The next reading to start, since the current one may already be past the place. One at a time, for everybody who asks before it starts:
 * the tables of a busy machine take tens of milliseconds, and somebody may open hundreds of connections.
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

/** Searches tables that arrive in pieces for far ends, and reads the next table only for those that are not in the ones before. */
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

/** The key of a connection's far end: seen from there, its own port comes first. */
export function farEndKey({ remotePort, localPort }: ConnectionEnds): string | undefined {
  if (remotePort === undefined || localPort === undefined) return undefined;
  return `${hex(remotePort)} ${hex(localPort)}`;
}

const hex = (port: number) => port.toString(16).toUpperCase().padStart(4, '0');

/**
 * A line looks like `0: 0100007F:C350 0100007F:20D0 01 ...`; the header line has no number. No regular expression, because there are tens
 * of thousands.
 */
function keyOfLine(line: string): string | undefined {
  const address = line.indexOf(': ') + 2;
  if (address === 1) return undefined;
  const end = line.indexOf(' ', address);
  const farEnd = line.indexOf(' ', end + 1);
  return `${line.slice(end - 4, end)} ${line.slice(farEnd - 4, farEnd)}`;
}

/** The kernel returns one page at a time; nothing if there is no such table, or it breaks off. */
async function* textsOf(file: string): AsyncGenerator<string> {
  try {
    yield* createReadStream(file, 'latin1') as AsyncIterable<string>;
  } catch {
    // Other systems have no such table.
  }
}
