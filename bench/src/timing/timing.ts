import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unsigned } from '../load/aws-json.ts';
import {
  connect,
  runAll,
  sendOne,
  type Answered,
  type Connections,
  type Prepared,
} from '../load/send.ts';
import { freePort, startProduct } from '../measured-process.ts';
import type { Asking, Endpoint } from './endpoints.ts';
import { makeTimingData, personOfKind, type Kind, type TimingData } from './timing-data.ts';
import { compareTimes } from './told-apart.ts';

/** Requests of each side before those that count. */
const WARM_UP = 50;

/** What is timed, and how often. */
export interface TimingOptions {
  readonly endpoints: readonly Endpoint[];
  /** Requests of each endpoint about users, and as many about nobody. */
  readonly samples: number;
}

/** Whether what is hidden stays hidden, with a table that says so. */
export interface TimingReport {
  readonly text: string;
  /** Nothing is told apart, except by the client that tells. */
  readonly isAsPromised: boolean;
}

/**
 * Asks about users and about nobody in random order, one request after the other, and compares the times (security.md B09). The server runs
 * in production, and each request comes from another address, so that no budget of a source answers instead.
 */
export async function timing(
  { endpoints, samples }: TimingOptions,
  tell: (text: string) => void,
): Promise<TimingReport> {
  const temporary = mkdtempSync(join(tmpdir(), 'poolhouse-timing-'));
  try {
    const data = await makeTimingData(join(temporary, 'data'), samples + WARM_UP, tell);
    // The public URL must contain the port before the server listens.
    const port = await freePort();
    const server = await startProduct(data.folder, {
      POOLHOUSE_KEYS: data.keys,
      POOLHOUSE_MODE: 'production',
      POOLHOUSE_PUBLIC_URL: `https://localhost:${port}`,
      POOLHOUSE_PORT: String(port),
      POOLHOUSE_TRUSTED_PROXIES: '127.0.0.1',
    });
    const connections = fromManyAddresses(connect(port, 1));
    try {
      await lookUpAll(data, connections);
      const rows: Row[] = [];
      for (const endpoint of endpoints) {
        tell(endpoint.title);
        rows.push(await timeEndpoint(endpoint, data, connections));
      }
      return { text: tableOf(rows), isAsPromised: rows.every(isAsPromised) };
    } finally {
      connections.close();
      await server.stop();
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Each request with another address, as a proxy says it. */
function fromManyAddresses({ send, close }: Connections): Connections {
  let count = 0;
  const next = (): string => {
    count += 1;
    return `10.${(count >> 16) & 255}.${(count >> 8) & 255}.${count & 255}`;
  };
  return {
    send: ({ headers, ...request }) =>
      send({ ...request, headers: { ...headers, 'x-forwarded-for': next() } }),
    close,
  };
}

/**
 * Has everybody looked up once: the first time, a user's row comes from the disk, and nobody's does not, which nobody can hide. Who has to ask
 * many times to tell anything finds it in memory.
 */
async function lookUpAll(
  { clientId: ClientId, people }: TimingData,
  connections: Connections,
): Promise<void> {
  for (const kind of ['confirmed', 'unconfirmed', 'nobody'] as const) {
    await runAll(people, 1, (index) =>
      sendOne(
        connections,
        unsigned('InitiateAuth', {
          ...{ ClientId, AuthFlow: 'USER_AUTH' },
          AuthParameters: { USERNAME: personOfKind(kind, index).username },
        }),
      ),
    );
  }
}

/** The answers of one side. */
interface Side {
  readonly kind: Kind;
  readonly ms: number[];
  readonly answers: Set<string>;
}

interface Row {
  readonly endpoint: Endpoint;
  readonly user: Side;
  readonly nobody: Side;
}

async function timeEndpoint(
  endpoint: Endpoint,
  data: TimingData,
  connections: Connections,
): Promise<Row> {
  const asking: Asking = {
    data,
    send: <Output>(request: Prepared) => sendOne<Output>(connections, request),
  };
  const side = (kind: Kind): Side => ({ kind, ms: [], answers: new Set() });
  const [user, nobody] = [side(endpoint.kind), side('nobody')];
  const ask = async ({ kind, ms, answers }: Side, index: number): Promise<void> => {
    const request = await endpoint.prepare(asking, personOfKind(kind, index));
    const startedMs = performance.now();
    const answer = await connections.send(request);
    const tookMs = performance.now() - startedMs;
    if (index < WARM_UP) return;
    ms.push(tookMs);
    answers.add(kindOf(answer));
  };
  for (const [from, to] of [
    [0, WARM_UP],
    [WARM_UP, data.people],
  ] as const) {
    const next = { user: from, nobody: from };
    for (const isUser of shuffled(to - from)) {
      await (isUser ? ask(user, next.user++) : ask(nobody, next.nobody++));
    }
  }
  return { endpoint, user, nobody };
}

/** As many times true as false, in random order. */
function shuffled(each: number): boolean[] {
  const order = Array.from({ length: each * 2 }, (_, index) => index < each);
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [order[last], order[other]] = [order[other] ?? false, order[last] ?? false];
  }
  return order;
}

/** What everybody sees of an answer, without what is random or the name that came in. */
function kindOf({ status, body }: Answered): string {
  const { __type, ChallengeName, message } = JSON.parse(body) as Record<string, string>;
  return [status, __type ?? ChallengeName, message].filter(Boolean).join(' ');
}

function isAsPromised({ endpoint, user, nobody }: Row): boolean {
  const { areToldApart } = compareTimes(user.ms, nobody.ms);
  return endpoint.isControl ? areToldApart : !areToldApart && answersAreAlike(user, nobody);
}

function answersAreAlike(one: Side, other: Side): boolean {
  return [...one.answers].toSorted().join() === [...other.answers].toSorted().join();
}

function tableOf(rows: readonly Row[]): string {
  const heading = [
    '| request                                  | users, mean ms | nobody, mean ms |        p | told apart | as promised | answer',
    '|------------------------------------------|---------------:|----------------:|---------:|------------|-------------|-------',
  ];
  const lines = rows.map((row) => {
    const { user, nobody, endpoint } = row;
    const compared = compareTimes(user.ms, nobody.ms);
    const told = [
      ...(compared.areToldApart ? ['time'] : []),
      ...(answersAreAlike(user, nobody) ? [] : ['answer']),
    ];
    const answers = [...new Set([...user.answers, ...nobody.answers])];
    const cells = [
      endpoint.title.padEnd(40),
      compared.firstMeanMs.toFixed(3).padStart(14),
      compared.secondMeanMs.toFixed(3).padStart(15),
      compared.p.toFixed(6).padStart(8),
      (told.join(', ') || 'no').padEnd(10),
      (isAsPromised(row) ? 'yes' : 'NO').padEnd(11),
      answers.join(' | '),
    ];
    return `| ${cells.join(' | ')}`;
  });
  return [...heading, ...lines].join('\n');
}
