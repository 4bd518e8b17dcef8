import {
  clientId,
  messages,
  poolId,
  publicSettings,
  type Clock,
  type Log,
  type Stores,
} from '@poolhouse/core';
import { makeSourceBudget } from '../http/levels.ts';
import type { SourceOf } from '../http/source-address.ts';
import { makePublicDocument, type PublicDocuments } from './public-document.ts';

/** What the settings of app clients are read from. */
export interface ClientSettingsParts {
  readonly stores: Pick<Stores, 'pools' | 'clients' | 'configurations'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly sourceOf: SourceOf;
}

const PATH = /^\/([\w-]{1,45}_[0-9a-zA-Z]{1,55})\/clients\/([\w+]{1,128})\/settings(?:\?|$)/;
/** Requests from one source in five minutes. A browser asks once in that time; an office behind one address has thousands. */
const PER_SOURCE = 6_000;

/**
 * Answers, at `/<pool id>/clients/<client id>/settings`, what an application in a browser must know about its pool: which fields to show
 * and which passwords to accept. As public as the page that shows them. It reveals nothing about clients with a secret, which belong on
 * servers.
 */
export function makeClientSettings(parts: ClientSettingsParts): PublicDocuments {
  const { stores, clock, log, sourceOf } = parts;
  const takes = makeSourceBudget(PER_SOURCE);

  return makePublicDocument(PATH, log, async ([pool = '', client = ''], request) => {
    if (!takes(sourceOf(request), clock.nowMs())) {
      return { status: 429, value: { message: 'Too many requests' } };
    }
    const foundPool = await stores.pools.get(poolId(pool));
    if (foundPool === undefined) {
      return { status: 404, value: { message: messages.poolNotFound(pool) } };
    }
    const found = await stores.clients.get(clientId(client));
    if (found === undefined || found.poolId !== foundPool.id) {
      return { status: 404, value: { message: messages.clientNotFound(client) } };
    }
    if (found.secrets.length > 0) {
      return { status: 404, value: { message: HAS_SECRET } };
    }
    const links = await stores.configurations.get({ poolId: foundPool.id, kind: 'sign-in-links' });
    return { status: 200, value: publicSettings(foundPool, found, links?.value) };
  });
}

const HAS_SECRET =
  'This app client has a secret, so it is for servers. An application in a browser needs one without.';
