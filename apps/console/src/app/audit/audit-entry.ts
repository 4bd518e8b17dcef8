/** One record before and after a change; members that did not differ are left out. */
export interface AuditedChange {
  readonly record:
    | 'user-pool'
    | 'app-client'
    | 'configuration'
    | 'user'
    | 'resource-server'
    | 'identity-provider'
    | 'auth-event'
    | 'group'
    | 'membership'
    | 'user-import'
    | 'sign-ins'
    | 'device'
    | 'passkey'
    | 'linked-identity'
    | 'access-key'
    | 'signing-key'
    | 'data-key'
    | 'audit';
  readonly name: string;
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
  /** It was about a person who is gone, and what it said went with them. */
  readonly erased?: boolean;
}

/** An entry of the audit, as the server reads it. */
export interface AuditEntry {
  /** 1 for the first; without gaps. */
  readonly number: number;
  readonly atMs: number;
  readonly actor: string;
  readonly actorKind: 'access-key' | 'administrator' | 'server';
  readonly source?: string;
  readonly operation: string;
  readonly poolId?: string;
  readonly changes: readonly AuditedChange[];
  readonly previousHash: string;
  readonly hash: string;
}

/** One member of a record that differs. */
export interface DiffLine {
  /** Path of the member: `settings.Policies.PasswordPolicy.MinimumLength`. */
  readonly member: string;
  /** Absent where it did not exist. */
  readonly before?: string;
  readonly after?: string;
}

/** What happened to a record. */
export type ChangeKind = 'made' | 'changed' | 'removed' | 'erased';

/** Whether a change made, changed or removed its record, or can be read no more. */
export function kindOf({ before, after, erased }: AuditedChange): ChangeKind {
  if (erased) return 'erased';
  if (before === undefined) return 'made';
  return after === undefined ? 'removed' : 'changed';
}

/** The members of a change that differ, down to where they do. */
export function diffOf({ before, after }: AuditedChange): readonly DiffLine[] {
  const lines: DiffLine[] = [];
  walk('', before ?? {}, after ?? {}, lines);
  return lines;
}

function walk(path: string, before: object, after: object, lines: DiffLine[]): void {
  const [was, is] = [before, after] as readonly Readonly<Record<string, unknown>>[];
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now] = [was?.[name], is?.[name]];
    if (JSON.stringify(old) === JSON.stringify(now)) continue;
    const member = path === '' ? name : `${path}.${name}`;
    // Into what both have; what only one has is told whole.
    if (isRecord(old) && isRecord(now)) walk(member, old, now, lines);
    else lines.push({ member, before: shown(old), after: shown(now) });
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Whether the entries of a page follow one another without a gap, newest first; filtered pages have gaps by right. */
export function isChained(entries: readonly AuditEntry[]): boolean {
  return entries.every((entry, index) => {
    const newer = entries[index - 1];
    return (
      newer === undefined || newer.number !== entry.number + 1 || newer.previousHash === entry.hash
    );
  });
}

/** What the list is narrowed to. */
export interface AuditQuery {
  readonly poolId?: string;
  readonly actor?: string;
  readonly operation?: string;
  /** Days, as a date field gives them: `YYYY-MM-DD`. */
  readonly since?: string;
  readonly until?: string;
}

/** The query of the server's endpoints. A last day counts to its end, in the reader's own time. */
export function parametersOf(query: AuditQuery): Readonly<Record<string, string | undefined>> {
  return {
    poolId: query.poolId || undefined,
    actor: query.actor?.trim() || undefined,
    operation: query.operation?.trim() || undefined,
    since: momentOf(query.since, '00:00:00.000'),
    until: momentOf(query.until, '23:59:59.999'),
  };
}

function momentOf(day: string | undefined, time: string): string | undefined {
  if (!day) return undefined;
  const ms = Date.parse(`${day}T${time}`);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
