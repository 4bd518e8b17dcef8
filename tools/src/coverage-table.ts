import { operationNames, operations, type OperationName } from '@poolhouse/model';

/** A table of all operations of the API: name, authorisation, whether it is built; and the sums. */
export function coverageTable(builtOperations: readonly OperationName[]): string {
  const built = new Set<string>(builtOperations);
  const rows = operationNames.map((name) => [
    name,
    operations[name].authorisation,
    built.has(name) ? 'built' : 'not built',
  ]);
  const count = operationNames.filter((name) => built.has(name)).length;
  return [
    ...aligned([['Operation', 'Authorisation', 'State'], ...rows]),
    '',
    `${count} of ${operationNames.length} operations built.`,
    '',
  ].join('\n');
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
