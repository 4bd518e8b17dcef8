import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const MOST_PACKAGES = 25;
const MOST_BYTES = 10_000_000;
/** What a server can do without: PostgreSQL's driver is loaded where the configuration names such a database. */
const OPTIONAL: ReadonlySet<string> = new Set(['pg']);

/** Another package has to be weighed: docs/adr/0023, and 0035 for bcryptjs. */
const KNOWN = [
  '@poolhouse/core',
  '@poolhouse/login',
  '@poolhouse/model',
  '@poolhouse/rules',
  '@poolhouse/server',
  '@poolhouse/storage',
  'atomic-sleep',
  'bcryptjs',
  'nodemailer',
  'sonic-boom',
  'yaml',
];

interface Entry {
  readonly link?: boolean;
  readonly resolved?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** The places in package-lock.json of all that a server is installed with. */
function productionPackages(): readonly string[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, Entry>>;
  };
  const placeOf = (from: string, name: string): string => {
    const place = `${from === '' ? '' : `${from}/`}node_modules/${name}`;
    if (packages[place] !== undefined) return place;
    assert.notEqual(from, '', `${name} is not locked`);
    return placeOf(
      from.includes('/node_modules/')
        ? from.replace(/\/node_modules\/(?:@[^/]+\/)?[^/]+$/, '')
        : '',
      name,
    );
  };
  const found = new Set<string>();
  const visit = (place: string): void => {
    if (found.has(place)) return;
    found.add(place);
    const entry = packages[place];
    const real = entry?.link === true ? (entry.resolved ?? '') : place;
    for (const name of Object.keys(packages[real]?.dependencies ?? {})) {
      if (!OPTIONAL.has(name)) visit(placeOf(real, name));
    }
  };
  visit('node_modules/@poolhouse/server');
  return [...found];
}

function bytesOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? bytesOf(path) : statSync(path).size;
    })
    .reduce((sum, bytes) => sum + bytes, 0);
}

test('a server is installed with few packages, and each of them was weighed', () => {
  const places = productionPackages();
  const names = places.map((place) => place.replace(/^.*node_modules\//, ''));
  assert.deepEqual(names.sort(), KNOWN);
  assert(names.length <= MOST_PACKAGES);
  const foreign = places.filter((place) => !place.includes('@poolhouse/'));
  const bytes = foreign.map((place) => bytesOf(join(root, place))).reduce((a, b) => a + b, 0);
  assert(bytes > 0 && bytes <= MOST_BYTES, `${bytes} bytes are installed`);
});
