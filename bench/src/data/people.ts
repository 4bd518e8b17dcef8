import { hash } from 'node:crypto';

/** A made-up user: always the same for a number, and in no order, so that neighbours in one index are not neighbours in another. */
export interface Person {
  readonly username: string;
  /** A version 4 UUID. */
  readonly sub: string;
  readonly email: string;
  readonly givenName: string;
  readonly familyName: string;
}

const GIVEN = ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Donald', 'Frances', 'John'];
const FAMILY = ['Lovelace', 'Hopper', 'Turing', 'Dijkstra', 'Liskov', 'Knuth', 'Allen', 'Backus'];

/** The person with this number. Every email address begins with `u`. */
export function personOf(number: number): Person {
  const digest = hash('sha256', `person ${number}`, 'buffer');
  const hex = digest.toString('hex');
  const uuid = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  return {
    username: `person-${hex.slice(32, 44)}`,
    sub: uuid,
    email: `u${hex.slice(44, 56)}@example.com`,
    givenName: GIVEN[digest.readUInt8(30) % GIVEN.length] ?? '',
    familyName: FAMILY[digest.readUInt8(31) % FAMILY.length] ?? '',
  };
}

/** The attributes of a person, without `sub`. */
export function attributesOf(person: Person): Record<string, string> {
  return {
    email: person.email,
    email_verified: 'true',
    given_name: person.givenName,
    family_name: person.familyName,
  };
}

/** `count` numbers, spread evenly over a population, all even or all odd like `first`. */
export function spread(count: number, population: number, first: number): number[] {
  const step = Math.max(2, Math.floor(population / count / 2) * 2);
  return Array.from({ length: count }, (_, index) => (first + index * step) % population);
}
