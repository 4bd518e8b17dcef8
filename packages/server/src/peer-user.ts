import { readFile } from 'node:fs/promises';

/** The ends of a connection, as its socket tells them. */
export interface ConnectionEnds {
  readonly remotePort?: number | undefined;
  readonly localPort?: number | undefined;
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
  // None of a network at all.
  if (connection.remotePort === undefined) return false;
  let known = asked.get(connection);
  if (known === undefined) {
    const ownUser = process.getuid?.();
    known =
      ownUser === undefined ? Promise.resolve(false) : isAnothersEnd(tables(), connection, ownUser);
    asked.set(connection, known);
  }
  return known;
}

/**
 * Whether the far end, by the texts of the kernel's tables, is held by somebody who is neither `ownUser` nor root, or by nobody: a web server
 * lets go as soon as its own client has, and the request that it sent on before is still a stranger's. Empty tables tell
 * nothing.
 */
export async function isAnothersEnd(
  texts: Iterable<string> | AsyncIterable<string>,
  ends: ConnectionEnds,
  ownUser: number,
): Promise<boolean> {
  let tells = false;
  for await (const table of texts) {
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
  // Seen from the far end, its own port comes first. A table of a busy machine has tens of thousands of lines: no expression over
  // all of them.
  const end = `:${hex(remotePort)} `;
  const users: number[] = [];
  for (let at = table.indexOf(end); at >= 0; at = table.indexOf(end, at + 1)) {
    const line = table.slice(table.lastIndexOf('\n', at) + 1, table.indexOf('\n', at));
    const [, local, remote, , , , , user, , inode] = line.trim().split(/ +/);
    const isFarEnd = local?.endsWith(end.trim()) && remote?.endsWith(`:${hex(localPort)}`);
    if (isFarEnd && inode !== '0') users.push(Number(user));
  }
  return users;
}

const hex = (port: number) => port.toString(16).toUpperCase().padStart(4, '0');

/** One by one, for to read one may take the kernel 20 ms; on another thread. */
async function* tables(): AsyncGenerator<string> {
  for (const file of TABLES) yield await readFile(file, 'latin1').catch(() => '');
}
