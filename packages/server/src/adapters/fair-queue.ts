import { OverloadError, type WorkOrder } from '@poolhouse/core';

/**
 * Lets a bounded number of slow tasks run at once, with the sources taking turns; throws {@link OverloadError} if there is no place to
 * wait.
 */
export type FairQueue = <T>(order: WorkOrder, work: () => Promise<T>) => Promise<T>;

/** Turns of people with an account for each turn of everybody else, while both wait. */
const ACCOUNT_TURNS = 3;

interface Waiting {
  readonly start: () => void;
  readonly refuse: (error: Error) => void;
}

/** What is waiting from one source. */
interface Line {
  readonly waiting: Waiting[];
  readonly weight: number;
  /** Turns taken since the other sources had theirs. */
  taken: number;
}

/**
 * Makes a queue in front of `atOnce` workers in which at most `places` tasks wait. Sources take turns; a source with a greater weight has
 * as many turns as its weight. People with an account have three turns in four and three places in four, whoever else wants work, and one
 * worker is always theirs if there are two or more. If all places are taken, a newcomer gets the last place of the source with the most
 * waiting, and is refused only if that is its own. So a flood is refused to whoever causes it, and a single busy source can still use the
 * whole machine.
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

  /** Starts the next task if a worker is free. */
  function call(): void {
    const canAccount = lanes.account.size > 0 && mayWork('account');
    const canOther = lanes.other.size > 0 && mayWork('other');
    if (!canAccount && !canOther) return;
    const purpose =
      canOther && (!canAccount || accountTurns >= ACCOUNT_TURNS) ? 'other' : 'account';
    accountTurns = purpose === 'other' ? 0 : accountTurns + 1;
    // Taken now, so that nobody can slip in before the one who was chosen.
    working[purpose] += 1;
    lanes[purpose].shift()?.start();
  }

  /** Makes room for one more; `false` if it is the newcomer's own source that has the most waiting. */
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
  // In order of their turns: a source that had one moves to the end.
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
    /** The load of a newcomer's source, including the newcomer: what it has waiting, divided by its weight. */
    loadWith({ source, weight }: WorkOrder): number {
      return ((lines.get(source)?.waiting.length ?? 0) + 1) / weight;
    },
    /** Removes the last task of the source with the greatest load, if that is more than `load`. */
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
