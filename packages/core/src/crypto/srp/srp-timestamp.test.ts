import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { isSrpTimestamp } from './srp-timestamp.ts';

test('accepts what clients send', () => {
  for (const text of [
    'Tue Aug 4 09:05:07 UTC 2026',
    'Thu Feb 29 23:59:59 UTC 2024',
    'Fri Jan 10 00:00:00 UTC 2025',
    'Thu Jan 1 00:00:00 UTC 1970',
  ]) {
    assert.equal(isSrpTimestamp(text), true, text);
  }
});

test('accepts what amazon-cognito-identity-js writes', () => {
  interface DateHelper {
    getNowString(): string;
  }
  const { default: Helper } = createRequire(import.meta.url)(
    'amazon-cognito-identity-js/lib/DateHelper.js',
  ) as { default: new () => DateHelper };
  assert.equal(isSrpTimestamp(new Helper().getNowString()), true);
});

const refused = {
  'a zero-padded day': 'Tue Aug 04 09:05:07 UTC 2026',
  'a space-padded day': 'Tue Aug  4 09:05:07 UTC 2026',
  'the wrong weekday': 'Wed Aug 4 09:05:07 UTC 2026',
  'a date that does not exist': 'Sun Feb 29 09:05:07 UTC 2026',
  '31 June': 'Wed Jun 31 09:05:07 UTC 2026',
  'day zero': 'Fri Jul 0 09:05:07 UTC 2026',
  'another language': 'Di Aug 4 09:05:07 UTC 2026',
  'another case': 'tue aug 4 09:05:07 utc 2026',
  'another zone': 'Tue Aug 4 09:05:07 GMT 2026',
  'an offset': 'Tue Aug 4 09:05:07 +0000 2026',
  'hour 24': 'Tue Aug 4 24:00:00 UTC 2026',
  'second 60': 'Tue Aug 4 09:05:60 UTC 2026',
  'an unpadded hour': 'Tue Aug 4 9:05:07 UTC 2026',
  'a short year': 'Tue Aug 4 09:05:07 UTC 26',
  'a long year': 'Tue Aug 4 09:05:07 UTC 12026',
  'ISO 8601': '2026-08-04T09:05:07Z',
  'a line end': 'Tue Aug 4 09:05:07 UTC 2026\n',
  'a leading space': ' Tue Aug 4 09:05:07 UTC 2026',
  'other digits': 'Tue Aug ٤ 09:05:07 UTC 2026',
  nothing: '',
};

for (const [what, text] of Object.entries(refused)) {
  test(`refuses ${what}`, () => assert.equal(isSrpTimestamp(text), false));
}
