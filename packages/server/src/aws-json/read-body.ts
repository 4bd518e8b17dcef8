import type { IncomingMessage } from 'node:http';
import { dropRest } from '../http/drop-rest.ts';
import { ProtocolFailure } from './protocol-failure.ts';

/** The longest body that is read: every input of the API is far smaller, including branding assets. */
export const LONGEST_BODY_BYTES = 1_048_576;

/** What every request may hold in memory. Only longer bodies share the budget, so that they cannot crowd out the common case. */
const FREE_BYTES = 16_384;

/**
 * What all longer bodies may hold together until their requests are answered: an attempt at a secret may wait in line for a second, and
 * what waits with it must not add up to the server's memory.
 */
const SHARED_BUDGET_BYTES = 64 * 1_048_576;

/** The client went away before it had sent its body, so there is nobody left to answer. */
export class ClientGoneError extends Error {
  override readonly name = 'ClientGoneError';
}

/** The body of a request. */
export interface HeldBody {
  readonly body: Buffer;
  /** Gives back its share of the memory; call it once the request is answered. */
  readonly letGo: () => void;
}

/** Reads the whole body of a request. */
export type ReadBody = (request: IncomingMessage) => Promise<HeldBody>;

/**
 * Makes a reader that throws RequestEntityTooLargeException as soon as a body is known to be too long, and discards the rest. The server
 * itself limits how long a body may take (security.md X04, X29).
 */
export function makeReadBody(budgetBytes = SHARED_BUDGET_BYTES): ReadBody {
  let sharedBytes = 0;
  return (request) =>
    new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      let taken = 0;
      // The listeners stay on the request, which is soon gone: removing them would cost every request more than this check.
      let isOver = false;
      const letGo = () => {
        sharedBytes -= taken;
        taken = 0;
      };
      const gone = () => {
        if (isOver) return;
        isOver = true;
        letGo();
        reject(new ClientGoneError());
      };
      const refuse = () => {
        isOver = true;
        letGo();
        chunks.length = 0;
        dropRest(request);
        reject(
          new ProtocolFailure(
            'RequestEntityTooLargeException',
            `Request must not be longer than ${LONGEST_BODY_BYTES} bytes`,
          ),
        );
      };
      request.on('error', gone);
      request.on('close', gone);
      if (Number(request.headers['content-length'] ?? 0) > LONGEST_BODY_BYTES) {
        refuse();
        return;
      }
      request.on('data', (chunk: Buffer) => {
        if (isOver) return;
        bytes += chunk.length;
        const wanted = Math.max(0, bytes - FREE_BYTES) - taken;
        taken += wanted;
        sharedBytes += wanted;
        if (bytes > LONGEST_BODY_BYTES || sharedBytes > budgetBytes) refuse();
        else chunks.push(chunk);
      });
      request.on('end', () => {
        if (isOver) return;
        isOver = true;
        const [only] = chunks;
        const isOne = only !== undefined && chunks.length === 1;
        resolve({ body: isOne ? only : Buffer.concat(chunks, bytes), letGo });
      });
    });
}
