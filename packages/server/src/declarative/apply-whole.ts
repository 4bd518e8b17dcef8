import type { OperationName } from '@poolhouse/model';
import type { Api } from './api.ts';
import type { Path } from './read-declaration.ts';
import { holds } from './same-settings.ts';

/** Settings that an operation of their own replaces as a whole, as another one shows them. */
interface WholeSettings {
  readonly get: OperationName & `Get${string}`;
  readonly set: OperationName & `Set${string}`;
  /** Whose settings they are, as both operations name it. */
  readonly of: Readonly<Record<string, string>>;
}

/** Sets them as the file says, if it says anything and they differ; returns whether there was something to do. */
export async function applyWhole(
  api: Api,
  { get, set, of }: WholeSettings,
  wanted: Readonly<Record<string, unknown>> | undefined,
  place: Path,
): Promise<boolean> {
  if (wanted === undefined) return false;
  const input = { ...wanted, ...of };
  api.check(set, input, place);
  if (holds(wanted, await api.run(get, of, place))) return false;
  await api.run(set, input, place);
  return true;
}
