import { ɵaskPoolhouse as askPoolhouse, type PoolhouseConfig } from '@poolhouse/angular';

/** Whether an account is confirmed; `never` where the pool does not tell. Fails when it cannot be asked just now. */
export type AskConfirmed = (session: string) => Promise<'confirmed' | 'waiting' | 'never'>;

const ANSWER_WITHIN_MS = 10_000;
const FIRST_MS = 2_000;
const LONGEST_MS = 30_000;

/** Asks a pool of Poolhouse; null on a server, and for Amazon Cognito, which nobody can ask. */
export function confirmationAsker(config: PoolhouseConfig, canAsk: boolean): AskConfirmed | null {
  if (!config.endpoint || !canAsk) return null;
  return async (session) => {
    const value = await askPoolhouse(config, 'confirmation', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ session }),
      cache: 'no-store',
      withinMs: ANSWER_WITHIN_MS,
    });
    const confirmed = (value as { readonly confirmed?: unknown } | null)?.confirmed;
    return confirmed === true ? 'confirmed' : confirmed === false ? 'waiting' : 'never';
  };
}

/**
 * Asks again and again, ever less often, while somebody sees the page, and at once when they come back to it. Answers what ends that.
 */
export function watchConfirmation(
  page: Document,
  ask: () => ReturnType<AskConfirmed>,
  confirmed: () => void,
): () => void {
  let waitMs = FIRST_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsking = false;
  let isOver = false;

  function stop(): void {
    isOver = true;
    clearTimeout(timer);
    page.removeEventListener('visibilitychange', seen);
  }

  async function look(): Promise<void> {
    clearTimeout(timer);
    if (isAsking || page.visibilityState === 'hidden') return;
    isAsking = true;
    const answer = await ask().catch(() => 'waiting');
    isAsking = false;
    if (isOver) return;
    if (answer === 'waiting') lookLater();
    else stop();
    if (answer === 'confirmed') confirmed();
  }

  function lookLater(): void {
    timer = setTimeout(() => void look(), waitMs);
    waitMs = Math.min(LONGEST_MS, waitMs * 1.5);
  }

  function seen(): void {
    waitMs = FIRST_MS;
    void look();
  }

  page.addEventListener('visibilitychange', seen);
  lookLater();
  return stop;
}
