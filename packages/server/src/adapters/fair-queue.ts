import { OverloadError, type WorkOrder } from '@poolhouse/core';

/** Lets slow work through, a bounded number at a time, the sources in turn; throws {@link OverloadError} where there is no place. */
export type FairQueue = <T>(order: WorkOrder, work: () => Promise<T>) => Promise<T>;

/** Turns of people with an account for one turn of everybody else, while both wait. */
const ACCOUNT_TURNS = 3;

interface Waiting {
  readonly start: () => void;
  readonly refuse: (error: Error) => void;
}

/** What waits of one source. */
interface Line {
  readonly waiting: Waiting[];
  readonly weight: number;
  /** Turns taken since the others had theirs. */
  taken: number;
}

/**
 * Makes a queue in front of `atOnce` places of work, where at most `places` pieces wait. Each source has its turn, a weightier one
 * as many as its weight; people with an account have three turns in four and three places in four, whoever else wants work, and
 * one place of work is always theirs where there are two. Who comes when all places are taken gets the last place of whoever waits with most, and is refused only where that is the
 * newcomer itself: so a flood is refused to the one who causes it, and a single busy source still has the whole machine.
 */
export function makeFairQueue(atOnce: number, places: number): FairQueue {
  const lanes = {
    account: makeLane(Math.ceil((places * ACCOUNT_TURNS) / (ACCOUNT_TURNS + 1))),
    other: makeLane(Math.floor(places / (ACCOUNT_TURNS + 1))),
  };
  const most = { account: atOnce, other: Math.max(1, atOnce - 1) };
  const working = { account: 0, other: 0 };
  let accountTurns = 0;

  const mayWork = (purpose: WorkOrder['purpose']): boolean =>
    working.account + working.other < atOnce && working[purpose] < most[purpose];

  /** Calls whoever is next into a place that is free. */
  function call(): void {
    const canAccount = lanes.account.size > 0 && mayWork('account');
    const canOther = lanes.other.size > 0 && mayWork('other');
    if (!canAccount && !canOther) return;
    const purpose =
      canOther && (!canAccount || accountTurns >= ACCOUNT_TURNS) ? 'other' : 'account';
    accountTurns = purpose === 'other' ? 0 : accountTurns + 1;
    // The place is taken now, so that nobody can slip in before the one who is called.
    working[purpose] += 1;
    lanes[purpose].shift()?.start();
  }

  /** Makes room for one more; `false` where the newcomer is the one who has most. */
  function makeRoom(order: WorkOrder): boolean {
    if (lanes.account.size + lanes.other.size < places) return true;
    const [own, others] =
      order.purpose === 'account' ? [lanes.account, lanes.other] : [lanes.other, lanes.account];
    const victim =
      own.size < own.share ? others.dropOfHeaviest(0) : own.dropOfHeaviest(own.loadWith(order));
    victim?.refuse(busy());
    return victim !== undefined;
  }

  return async (order, work) => {
    const { purpose } = order;
    if (mayWork(purpose)) working[purpose] += 1;
    else if (makeRoom(order)) {
      await new Promise<void>((start, refuse) => lanes[purpose].push(order, { start, refuse }));
    } else throw busy();
    try {
      return await work();
    } finally {
      working[purpose] -= 1;
      call();
    }
  };
}

const busy = () => new OverloadError('too much slow work waits');

/** The lines of one purpose. */
function makeLane(share: number) {
  // In the order of their turns: who had one goes to the end.
  const lines = new Map<string, Line>();
  let size = 0;
  return {
    /** Places that nobody of another purpose can take. */
    share,
    get size() {
      return size;
    },
    push({ source, weight }: WorkOrder, one: Waiting): void {
      const line = lines.get(source);
      if (line === undefined) lines.set(source, { waiting: [one], weight, taken: 0 });
      else line.waiting.push(one);
      size += 1;
    },
    shift(): Waiting | undefined {
      const first = lines.entries().next();
      if (first.done === true) return undefined;
      const [source, line] = first.value;
      const one = line.waiting.shift();
      size -= 1;
      line.taken += 1;
      if (line.waiting.length === 0) lines.delete(source);
      else if (line.taken >= line.weight) {
        line.taken = 0;
        lines.delete(source);
        lines.set(source, line);
      }
      return one;
    },
    /** What the source of a newcomer would have waiting, by its weight. */
    loadWith({ source, weight }: WorkOrder): number {
      return ((lines.get(source)?.waiting.length ?? 0) + 1) / weight;
    },
    /** Takes the last of whoever has most waiting by its weight, where that is more than `load`. */
    dropOfHeaviest(load: number): Waiting | undefined {
      let heaviest: [string, Line] | undefined;
      let most = load;
      for (const entry of lines) {
        const own = entry[1].waiting.length / entry[1].weight;
        if (own > most) [heaviest, most] = [entry, own];
      }
      if (heaviest === undefined) return undefined;
      const [source, line] = heaviest;
      const last = line.waiting.pop();
      size -= 1;
      if (line.waiting.length === 0) lines.delete(source);
      return last;
    },
  };
}
