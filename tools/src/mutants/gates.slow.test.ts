import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hunt } from './hunt.ts';
import { GATES } from './targets.ts';

for (const target of GATES) {
  test(`no fault in ${target.file} passes its tests`, async () => {
    const { mutants, survivors } = await hunt(target);
    assert(mutants > 20);
    assert.deepEqual(
      survivors.map(({ line, was, is }) => `line ${line}: ${was} -> ${is}`),
      [],
    );
  });
}
