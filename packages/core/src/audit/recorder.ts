import type { PoolId, Sub } from '../domain/ids.ts';
import type { User } from '../domain/users/user.ts';
import type { AuditedChange, SealedChange } from '../ports/stores/audit.ts';
import type { Stores, UserRef } from '../ports/stores/index.ts';
import { difference } from './entry.ts';
import { shownUser, type ShownRecord } from './shown-records.ts';

/** How the recorder keeps what a change says of a person. */
export interface PeopleSealer {
  newSalt(): string;
  seal(person: { readonly sub: Sub; readonly salt: string }, change: PersonChange): SealedChange;
}

type PersonChange = AuditedChange & { readonly record: SealedChange['record'] };

/** Notes what one transaction changes. What a change says of a person is sealed, so that it goes with them. */
export class Recorder {
  /** The stores of the transaction, as they are. */
  readonly inner: Stores;
  readonly changes: (AuditedChange | SealedChange)[] = [];
  /** The pool of the first change. */
  poolId: PoolId | undefined;
  /** Pools that are made here: that they have keys is no news. */
  readonly madePools = new Set<string>();
  readonly #people: PeopleSealer;

  constructor(inner: Stores, people: PeopleSealer) {
    this.inner = inner;
    this.#people = people;
  }

  /** Notes what a record was before and is after; one that is made, or is gone, has only one of the two. */
  note<Item>(shown: ShownRecord<Item>, before: Item | undefined, after?: Item): void {
    const item = after ?? before;
    if (item !== undefined) this.noteChange(shown.poolOf?.(item), changeOf(shown, before, after));
  }

  /** Notes a change; one in which nothing differs is none. */
  noteChange(poolId: PoolId | undefined, change: AuditedChange): void {
    if (isEmpty(change)) return;
    this.poolId ??= poolId;
    this.changes.push(change);
  }

  /** Notes what a user was before and is after. */
  noteUser(before: User | undefined, after: User): void {
    this.#notePerson(after, changeOf(shownUser, before, after) as PersonChange);
  }

  /** Notes what happened to a user, beside the record. */
  async noteAbout(ref: UserRef, change: Omit<PersonChange, 'name'>): Promise<void> {
    const person = await this.#personOf(ref);
    if (person) this.#notePerson(person, { ...change, name: person.username });
  }

  /** The user, with a salt to seal by. */
  withSalt(user: User): User {
    return { ...user, auditSalt: user.auditSalt ?? this.#people.newSalt() };
  }

  #notePerson({ poolId, sub, auditSalt: salt }: User, change: PersonChange): void {
    if (isEmpty(change)) return;
    if (salt === undefined) throw new Error('a person without an audit salt was noted');
    this.poolId ??= poolId;
    this.changes.push(this.#people.seal({ sub, salt }, change));
  }

  /** The person as an entry names them; whoever has no salt yet gets one. */
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
