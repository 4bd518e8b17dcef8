import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { FLOOR_INDEX, FLOOR_TABLES } from '../floor/floor-database.ts';
import { attributesOf, personOf, spread } from './people.ts';

/** The floor's refresh token of a person. */
export function floorTokenOf(number: number): string {
  return `floor-token-of-${number}`.padEnd(43, '-');
}

/** Creates the floor's database with this many people, unless the file exists. */
export function makeFloorData(file: string, people: number, sessions: number): void {
  if (existsSync(file)) return;
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.draft`;
  rmSync(draft, { force: true });
  const database = new DatabaseSync(draft);
  database.exec(
    `PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; ${FLOOR_TABLES}; BEGIN`,
  );
  const insert = database.prepare("INSERT INTO users VALUES (?, ?, 'CONFIRMED', ?, ?, NULL)");
  for (let number = 0; number < people; number += 1) {
    const person = personOf(number);
    insert.run(person.username, person.email, JSON.stringify(attributesOf(person)), 1.8e12);
  }
  const session = database.prepare('INSERT INTO sessions VALUES (?, ?)');
  const kept = database.prepare('INSERT INTO kept VALUES (?, 0)');
  for (const number of spread(sessions, people, 0)) {
    session.run(floorTokenOf(number), personOf(number).username);
    kept.run(personOf(number).username);
  }
  database.exec(`COMMIT; ${FLOOR_INDEX}`);
  database.close();
  renameSync(draft, file);
}
