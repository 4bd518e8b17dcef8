import type { ScenarioKey } from '../load/scenario.ts';
import type { Speed } from '../measure.ts';
import type { Peer } from './peer.ts';

/** An operation, by everybody who can do it. */
export interface PeerRow {
  readonly key: ScenarioKey;
  readonly title: string;
  readonly product: Speed;
  readonly peers: ReadonlyMap<string, Speed | undefined>;
}

/** How far ahead the product has to be: times a peer's CPU time, and times its requests a second. Source: performance.md. */
const AHEAD = { cpu: 1, perSecond: 1 };
const GOALS: Partial<Record<ScenarioKey, Readonly<Record<string, typeof AHEAD>>>> = {
  password: { 'better-auth': { cpu: 6, perSecond: 1 } },
  refresh: { 'oidc-provider': { cpu: 1, perSecond: 1.5 } },
};

/** The comparison as a table in Markdown, and what each peer leaves out. */
export function peersReport(
  rows: readonly PeerRow[],
  peers: readonly Pick<Peer, 'name' | 'leavesOut'>[],
  { people, rounds }: { readonly people: number; readonly rounds: number },
): string {
  const lines = rows.flatMap(({ key, title, product, peers: others }) =>
    [...others].flatMap(([name, speed]) => {
      if (speed === undefined) return [];
      const goal = GOALS[key]?.[name] ?? AHEAD;
      const cpu = speed.cpuMs / product.cpuMs;
      const perSecond = product.perSecond / speed.perSecond;
      const isReached = cpu >= goal.cpu && perSecond >= goal.perSecond;
      return [
        [
          title,
          speedText(product),
          name,
          speedText(speed),
          `${cpu.toFixed(1)}x`,
          `${perSecond.toFixed(1)}x`,
          `${goal.cpu}x, ${goal.perSecond}x`,
          isReached ? 'yes' : 'NO',
        ],
      ];
    }),
  );
  const heading = [
    'operation',
    'Poolhouse: CPU ms, a second',
    'peer',
    'CPU ms, a second',
    'less CPU',
    'more a second',
    'goal',
    'reached',
  ];
  const table = [heading, heading.map(() => '---'), ...lines].map(
    (row) => `| ${row.join(' | ')} |`,
  );
  const omissions = peers.map(({ name, leavesOut }) => `- ${name} ${leavesOut}.`);
  const about =
    `Node ${process.versions.node}, ${people.toLocaleString('en')} users, medians of ${rounds} rounds. ` +
    'Sign-up is with its confirmation here, and without one there.';
  return [about, '', ...table, '', 'What each leaves out:', ...omissions].join('\n');
}

function speedText({ cpuMs, perSecond }: Speed): string {
  return `${cpuMs.toPrecision(3)}, ${Math.round(perSecond).toLocaleString('en')}`;
}
