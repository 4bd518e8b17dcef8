import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inbox } from './inbox.ts';
import { english } from './texts/english.ts';

test('the inbox says which messages leave this machine', () => {
  const told = (mail: boolean, sms: boolean) => {
    const page = inbox({ sends: { mail, sms }, example: { url: '', region: 'local' } }, english);
    return /class="told faint">([^<]*)</.exec(page.body.text)?.[1];
  };
  const { none, mail, sms, both } = english.inbox.sends;
  assert.deepEqual(
    [told(false, false), told(true, false), told(false, true), told(true, true)],
    [none, mail, sms, both],
  );
});
