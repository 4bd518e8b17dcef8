import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configurationsFor } from './configuration.ts';

const facts = {
  userPoolId: 'eu-west-1_aB3dE5fG7',
  clientId: '1h57kf5cpq17m0eml12EXAMPLE',
  endpoint: 'https://id.example.com',
};

test('each configuration names the pool, the client and the server', () => {
  const all = configurationsFor({ ...facts, hasSecret: false });
  assert.deepEqual(
    all.map(({ title }) => title),
    ['Angular', 'Amplify', 'Express', 'AWS SDK', 'AWS CLI'],
  );
  for (const { title, code } of all) {
    for (const fact of Object.values(facts)) assert.ok(code.includes(fact), `${title}: ${fact}`);
  }
});

test('a client with a secret is not offered to browsers', () => {
  const titles = configurationsFor({ ...facts, hasSecret: true }).map(({ title }) => title);
  assert.deepEqual(titles, ['Express', 'AWS SDK', 'AWS CLI']);
});
