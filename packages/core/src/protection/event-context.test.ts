import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timezoneOf } from './event-context.ts';

const encoded = (payload: unknown) =>
  Buffer.from(JSON.stringify({ payload, signature: 'x', version: 'JS20171115' })).toString(
    'base64',
  );
const said = (ClientTimezone: unknown) =>
  encoded(JSON.stringify({ contextData: { ClientTimezone } }));

test('a device’s time zone is read from what it says of itself', () => {
  for (const zone of ['01:00', '-07:00', '+05:30']) assert.equal(timezoneOf(said(zone)), zone);
});

test('whatever else is said is no time zone, and no fault', () => {
  for (const data of [
    undefined,
    '',
    'print',
    '{}',
    Buffer.from('null').toString('base64'),
    Buffer.from('[]').toString('base64'),
    encoded(undefined),
    encoded(7),
    encoded('null'),
    encoded('"text"'),
    encoded('{"contextData":null}'),
    encoded('{"contextData":[]}'),
    encoded('{'),
    said(7),
    said('<b>'),
    said('1:00'),
    said('01:00 '),
    said(null),
  ]) {
    assert.equal(timezoneOf(data), undefined, data);
  }
});
