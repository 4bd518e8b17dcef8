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
  let known = asked.get(connection);
  if (known === undefined) {
    const ownUser = process.getuid?.();
    known =
      ownUser !== undefined &&
      TABLES.some((file) =>
        usersAt(read(file), connection).some((user) => user !== ownUser && user !== ROOT),
      );
    asked.set(connection, known);
  }
  return known;
}

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

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
