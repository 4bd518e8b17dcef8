import type { Cost } from './measure.ts';
import type { Scenario } from './load/scenario.ts';

/** A line of the table. Numbers of floor and product are CPU milliseconds, or megabytes, as the title says. */
export interface Line {
  readonly title: string;
  readonly users: number | undefined;
  readonly floor: number | undefined;
  readonly product: number;
  /** What is compared with the goal: a ratio, or the product's own number. */
  readonly figure: number;
  readonly goal: number;
  readonly goalText: string;
}

/** From one size of pool to the largest no request may cost more than this. Source: performance.md; security.md F32. */
const MOST_GROWTH = 1.3;

/** The lines of a measured scenario: one for each size, and one for the growth between the smallest and the largest. */
export function linesOf(scenario: Scenario, costs: readonly Cost[]): readonly Line[] {
  const of = (kind: 'floor' | 'product', people: number) =>
    costs.find(({ subject }) => subject.kind === kind && subject.people === people)?.cpuMs ??
    Number.NaN;
  const sizes = [...new Set(costs.map(({ subject }) => subject.people))];
  const lines = sizes.map((people): Line => {
    const [floor, product] = [of('floor', people), of('product', people)];
    return {
      title: scenario.title,
      users: people,
      floor,
      product,
      figure: product / floor,
      goal: scenario.goal,
      goalText: `<= ${scenario.goal}x`,
    };
  });
  const [smallest, largest] = [sizes[0] ?? 0, sizes.at(-1) ?? 0];
  if (smallest === largest) return lines;
  const growth: Line = {
    title: `${scenario.title}: growth`,
    users: undefined,
    floor: of('product', smallest),
    product: of('product', largest),
    figure: of('product', largest) / of('product', smallest),
    goal: MOST_GROWTH,
    goalText: `<= ${MOST_GROWTH}x`,
  };
  return [...lines, growth];
}

const HEADINGS = ['operation', 'users', 'floor', 'product', 'ratio', 'goal', 'reached'] as const;

/** The table in Markdown, its columns aligned for terminals. */
export function tableOf(lines: readonly Line[]): string {
  const rows = [
    [...HEADINGS],
    ...lines.map((line) => [
      line.title,
      line.users?.toLocaleString('en') ?? '',
      line.floor === undefined ? '' : amount(line.floor),
      amount(line.product),
      line.floor === undefined ? '' : line.figure.toFixed(2),
      line.goalText,
      line.figure <= line.goal ? 'yes' : 'NO',
    ]),
  ];
  const widths = HEADINGS.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const text = rows.map((row) => {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    });
    return `| ${cells.join(' | ')} |`;
  });
  const rule = `|${widths.map((width, column) => (column === 0 ? `${'-'.repeat(width + 2)}` : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [text[0], rule, ...text.slice(1)].join('\n');
}

function amount(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(3);
}
