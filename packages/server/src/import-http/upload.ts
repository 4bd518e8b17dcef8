import { poolId, receiveFile, type Received, type Storage, type World } from '@poolhouse/core';
import { dropRest } from '../http/drop-rest.ts';
import { makeSourceBudget } from '../http/levels.ts';
import { mayTakeLong } from '../http/slow-requests.ts';
import type { SourceOf } from '../http/source-address.ts';
import { BadRequest, route, type Request, type Response, type Route } from '../site/route.ts';
import { sendJson } from '../site/send.ts';

/** Uploads from one source in five minutes, whether or not they name an import that is there. */
const PER_SOURCE = 300;

/** How each outcome is answered. As with the service's addresses, a wrong one is not told from one of nothing. */
const ANSWERS: Readonly<Record<Received, readonly [status: number, message?: string]>> = {
  stored: [200],
  'not-ours': [403, 'The address is not valid.'],
  expired: [403, 'The address has expired. Create another user import job.'],
  'not-waiting': [409, 'The user import job does not wait for a file any more.'],
  replaced: [409, 'Another upload for the user import job has begun.'],
  'too-large': [413, 'The file is too large.'],
};

/**
 * `PUT /<pool id>/imports/<import id>`: takes the file of an import. The address itself is the credential; headers that clients send to the
 * service's addresses mean nothing here. Source: API model, UserImportJobType.PreSignedUrl.
 */
export function uploadRoutes(parts: {
  readonly storage: Storage;
  readonly world: World;
  readonly sourceOf: SourceOf;
}): readonly Route[] {
  const { world, sourceOf } = parts;
  const takes = makeSourceBudget(PER_SOURCE);

  async function receive(request: Request<'pool' | 'job'>, response: Response): Promise<void> {
    const { expires, signature } = request.query;
    if (!takes(sourceOf(request), world.clock.nowMs())) {
      refuse(request, response, 429, 'Too many requests');
      return;
    }
    if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') {
      refuse(request, response, 415, 'The file must not be compressed.');
      return;
    }
    const claim = {
      poolId: poolId(request.params.pool),
      id: request.params.job,
      expiresAtMs: Number(expires),
      signature: typeof signature === 'string' ? signature : '',
    };
    // Who has no address of ours is refused before any of it is read.
    mayTakeLong(request);
    const [status, message] = ANSWERS[await receiveFile(parts, claim, chunksOf(request))];
    if (message !== undefined) refuse(request, response, status, message);
    else response.writeHead(status, { 'Content-Length': 0 }).end();
  }

  return [route('PUT', '/:pool/imports/:job', receive)];
}

/** What arrives, as fast as it is stored. Whoever stops reading can still answer. */
async function* chunksOf(request: Request): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) yield chunk as Buffer;
  } catch {
    throw new BadRequest(400, 'the body ended too early');
  }
}

function refuse(request: Request, response: Response, status: number, message: string): void {
  if (!request.complete) {
    response.shouldKeepAlive = false;
    dropRest(request);
  }
  sendJson(response, { message }, status);
}
