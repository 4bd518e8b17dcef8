import type { PoolId, Sub } from '../domain/ids.ts';
import type { User } from '../domain/users/user.ts';
import type { AuditedChange, SealedChange } from '../ports/stores/audit.ts';
import type { Stores, UserRef } from '../ports/stores/index.ts';
import { difference } from './entry.ts';
import { shownUser, type ShownRecord } from './shown-records.ts';

/** How the recorder stores what a change says about a person. */
export interface PeopleSealer {
  newSalt(): string;
  seal(person: { readonly sub: Sub; readonly salt: string }, change: PersonChange): SealedChange;
}

type PersonChange = AuditedChange & { readonly record: SealedChange['record'] };

/** Records what one transaction changes. What a change says about a person is sealed, so that it is erased with them. */
export class Recorder {
  /** The transaction's own stores. */
  readonly inner: Stores;
  readonly changes: (AuditedChange | SealedChange)[] = [];
  /** The pool of the first change. */
  poolId: PoolId | undefined;
  /** Pools that this transaction creates: the creation of their keys needs no entry of its own. */
  readonly madePools = new Set<string>();
  readonly #people: PeopleSealer;

  constructor(inner: Stores, people: PeopleSealer) {
    this.inner = inner;
    this.#people = people;
  }

  /** Records a record before and after a change; one that is created or deleted has only one of the two. */
  note<Item>(shown: ShownRecord<Item>, before: Item | undefined, after?: Item): void {
    const item = after ?? before;
    if (item !== undefined) this.noteChange(shown.poolOf?.(item), changeOf(shown, before, after));
  }

  /** Records a change, unless nothing differs. */
  noteChange(poolId: PoolId | undefined, change: AuditedChange): void {
    if (isEmpty(change)) return;
    this.poolId ??= poolId;
    this.changes.push(change);
  }

  /** Records a user before and after a change. */
  noteUser(before: User | undefined, after: User): void {
    this.#notePerson(after, changeOf(shownUser, before, after) as PersonChange);
  }

  /** Records what happened to a user besides changes of the record. */
  async noteAbout(ref: UserRef, change: Omit<PersonChange, 'name'>): Promise<void> {
    const person = await this.#personOf(ref);
    if (person) this.#notePerson(person, { ...change, name: person.username });
  }

  /** The user, with a salt for sealing. */
  withSalt(user: User): User {
    return { ...user, auditSalt: user.auditSalt ?? this.#people.newSalt() };
  }

  #notePerson({ poolId, sub, auditSalt: salt }: User, change: PersonChange): void {
    if (isEmpty(change)) return;
    if (salt === undefined) throw new Error('a person without an audit salt was noted');
    this.poolId ??= poolId;
    this.changes.push(this.#people.seal({ sub, salt }, change));
  }

  /** The person as an entry refers to them; a person without a salt gets one. */
  async #personOf(ref: UserRef): Promise<User | undefined> {
    const found = await this.inner.users.bySub(ref);
    if (found === undefined || found.auditSalt !== undefined) return found;
    const salted = await this.inner.users.change(ref, (user) => this.withSalt(user));
    return salted.kind === 'changed' ? salted.user : undefined;
  }
}

function changeOf<Item>(
  { record, nameOf, valuesOf }: ShownRecord<Item>,
  before: Item | undefined,
  after: Item | undefined,
): AuditedChange {
  const name = nameOf((after ?? before) as Item);
  return difference(record, name, before && valuesOf(before), after && valuesOf(after));
}

function isEmpty({ before, after }: AuditedChange): boolean {
  return Object.keys({ ...before, ...after }).length === 0;
}
