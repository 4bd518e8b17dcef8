import { readFileSync } from 'node:fs';

/** The ends of a connection, as its socket tells them. */
export interface ConnectionEnds {
  readonly remotePort?: number | undefined;
  readonly localPort?: number | undefined;
}

/** Where Linux tells every connection of this machine with the user whose it is. Source: proc(5), /proc/net/tcp. */
const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];
const ROOT = 0;

const asked = new WeakMap<ConnectionEnds, boolean>();

/**
 * Whether the program at the other end of a loopback connection belongs to another user of this machine, as the workers of
 * a web server do, which may hide every other trace of it. Root does not count: it forwards ports to where a developer sits, as
 * WSL does. `false` where the system does not tell. Asked once for each connection.
 */
export function isOfAnotherUser(connection: ConnectionEnds): boolean {
  // None of a network at all.
  if (connection.remotePort === undefined) return false;
  let known = asked.get(connection);
  if (known === undefined) {
    const ownUser = process.getuid?.();
    known = ownUser !== undefined && isAnothersEnd(tables(), connection, ownUser);
    asked.set(connection, known);
  }
  return known;
}

/**
 * Whether the far end, by the texts of the kernel's tables, is held by somebody who is neither `ownUser` nor root, or by nobody: a web server
 * lets go as soon as its own client has, and the request that it sent on before is still a stranger's. Empty tables tell
 * nothing.
 */
export function isAnothersEnd(
  texts: Iterable<string>,
  ends: ConnectionEnds,
  ownUser: number,
): boolean {
  let tells = false;
  for (const table of texts) {
    const users = usersAt(table, ends);
    if (users.length > 0) return users.some((user) => user !== ownUser && user !== ROOT);
    tells ||= ANY_LINE.test(table);
  }
  return tells;
}

const ANY_LINE = /^ *\d+: /m;

/** The users of the sockets that are the far end of a connection; those that no program holds any more are left out. */
export function usersAt(table: string, { remotePort, localPort }: ConnectionEnds): number[] {
  if (remotePort === undefined || localPort === undefined) return [];
  // Seen from the far end, its own port comes first.
  const ends = new RegExp(
    `^ *\\d+: [0-9A-F]+:${hex(remotePort)} [0-9A-F]+:${hex(localPort)} .*$`,
    'gm',
  );
  return [...table.matchAll(ends)].flatMap(([line]) => {
    const columns = line.trim().split(/ +/);
    const [user, , inode] = columns.slice(7);
    return inode === '0' ? [] : [Number(user)];
  });
}

const hex = (port: number) => port.toString(16).toUpperCase().padStart(4, '0');

/** One by one, for to read one may take the kernel 20 ms. */
function* tables(): Generator<string> {
  for (const file of TABLES) yield read(file);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
