import { connect } from 'node:net';

/** Sends bytes unchanged, and returns everything received until the connection closes; `hangUp` closes it after sending. */
export function sendRaw(
  port: number,
  bytes: string,
  { hangUp = false }: { readonly hangUp?: boolean } = {},
): Promise<string> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(bytes, 'latin1', () => {
        if (hangUp) socket.destroy();
      });
    });
    socket.on('data', (part: Buffer) => parts.push(part));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(Buffer.concat(parts).toString('latin1')));
  });
}
