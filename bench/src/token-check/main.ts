import type { Request, Response } from 'express';
import { prepareCheckers, type Checker } from './checkers.ts';

/**
 * `npm run bench:tokens`: what checking a token costs behind Express, for tokens never seen and for one seen before. Each
 * library's middleware is given the same requests in turn, several rounds; the figure is CPU time of the whole process.
 */
const WARM_UP = 4;
const ROUNDS = 7;
const NEW_TOKENS = 400;
const SEEN_CHECKS = 20_000;
/** Source: performance.md, token check in the Express kit. */
const GOALS = { newRatio: 1.3, seenMicroseconds: 2.5 };

const response = { setHeader: () => undefined, end: () => undefined } as unknown as Response;

/** Gives the token to the middleware; waits only for those that answer later. */
function check({ middleware }: Checker, token: string): Promise<void> | undefined {
  const headers: Record<string, string> = { authorization: `Bearer ${token}`, host: 'localhost' };
  const request = {
    headers,
    get: (name: string) => headers[name.toLowerCase()],
    is: () => false,
    method: 'GET',
    protocol: 'http',
    socket: {},
    app: { get: () => () => false },
    query: {},
    originalUrl: '/',
    url: '/',
  } as unknown as Request;
  let outcome: { readonly error?: unknown } | undefined;
  let settle: (() => void) | undefined;
  void middleware(request, response, (error?: unknown) => {
    outcome = { error };
    settle?.();
  });
  const ended = () => {
    if (outcome?.error !== undefined) throw new Error('refused', { cause: outcome.error });
  };
  if (outcome !== undefined) return void ended();
  return new Promise<void>((resolve) => (settle = resolve)).then(ended);
}

async function microseconds(work: () => Promise<void>, count: number): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const prepared = await prepareCheckers();
/** What the requests of this benchmark themselves cost: taken off all others. */
const nothing: Checker = { name: 'nothing', middleware: (_, __, next) => next() };
const all = [nothing, prepared.floor, ...prepared.checkers];
const fresh = new Map<Checker, number[]>(all.map((one) => [one, []]));
const seen = new Map<Checker, number[]>(all.map((one) => [one, []]));
// The first rounds only warm up.
for (let round = -WARM_UP; round < ROUNDS; round += 1) {
  for (const checker of all) {
    const tokens = prepared.tokens(NEW_TOKENS);
    await check(checker, prepared.tokens(1)[0] ?? '');
    const cost = await microseconds(async () => {
      for (const token of tokens) {
        const later = check(checker, token);
        if (later !== undefined) await later;
      }
    }, NEW_TOKENS);
    if (round >= 0) fresh.get(checker)?.push(cost);
    const [token = ''] = tokens;
    const isQuick = checker === nothing || checker === prepared.checkers[0];
    const times = isQuick ? SEEN_CHECKS : NEW_TOKENS;
    const again = await microseconds(async () => {
      for (let n = 0; n < times; n += 1) {
        const later = check(checker, token);
        if (later !== undefined) await later;
      }
    }, times);
    if (round >= 0) seen.get(checker)?.push(again);
  }
}
await prepared.close();

const idle = median(seen.get(nothing) ?? []);
const costOf = (costs: ReadonlyMap<Checker, number[]>, checker: Checker) =>
  median(costs.get(checker) ?? []) - idle;
const floorCost = costOf(fresh, prepared.floor);
console.log(`CPU microseconds per check, medians of ${ROUNDS} rounds\n`);
console.log('| checker | new token | to floor | seen token |\n| --- | --- | --- | --- |');
for (const checker of [prepared.floor, ...prepared.checkers]) {
  const [first, again] = [costOf(fresh, checker), costOf(seen, checker)];
  const ratio = (first / floorCost).toFixed(2);
  console.log(`| ${checker.name} | ${first.toFixed(1)} | ${ratio}x | ${again.toFixed(1)} |`);
}
const [kit] = prepared.checkers;
const kitRatio = kit ? costOf(fresh, kit) / floorCost : Number.NaN;
const kitSeen = kit ? costOf(seen, kit) : Number.NaN;
const reached = (yes: boolean) => (yes ? 'reached' : 'NOT reached');
console.log(
  `\nGoals: new <= ${GOALS.newRatio}x floor, ${reached(kitRatio <= GOALS.newRatio)}; ` +
    `seen <= ${GOALS.seenMicroseconds} microseconds, ${reached(kitSeen <= GOALS.seenMicroseconds)}`,
);
