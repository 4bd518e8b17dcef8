import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shapes } from './generated/shapes.ts';
import { compilePattern } from './pattern.ts';

function patternOf(name: string): string {
  const shape = shapes[name];
  assert.ok(shape?.type === 'string' && shape.pattern !== undefined, name);
  return shape.pattern;
}

const cases: readonly [shape: string, matching: readonly string[], others: readonly string[]][] = [
  [
    'UserPoolIdType',
    ['us-east-1_aB3', '__a'],
    ['us-east-1', 'x us-east-1_aB3', 'us-east-1_aB3\n', ''],
  ],
  ['UsernameType', ['josé', '田中', 'a@b.c', '😀'], ['a b', 'a\u0000', '']],
  ['ClientNameType', ['My app', 'a\tb'], ['a\u00a0b', 'a!']],
  ['SmsInviteMessageType', ['one\ntwo', ''], []],
  ['SmsVerificationMessageType', ['{####}', 'code {####}.'], ['####', 'a\n{####}', '{####']],
  [
    'EmailVerificationMessageType',
    ['{####}', 'your code\n{####} *'],
    ['{###}', 'x', '{####}\u0000'],
  ],
  [
    'EmailVerificationMessageByLinkType',
    ['{####}', '{##Verify##} now', 'a {##b {##c##} d'],
    ['{##Verify#}', '##}{##', '{##}', '{##a##}\u0000'],
  ],
  ['EmailAddressType', ['a@b', 'a@@b', '@@@'], ['@b', 'a@', '@', '@@', 'a b@c', 'ab']],
  ['PaginationKeyType', ['abc='], ['a c', '']],
  ['S3BucketType', ['bucket.a', ''], ['bucket.', 'a/b']],
  ['DomainType', ['a', 'a-b'], ['-a', 'a-', 'A']],
  ['TermsNameType', ['terms-of-use'], ['terms-of-use2']],
  ['ResourceIdType', ['a b-c'], ['a.b']],
  ['ArnType', ['arn:aws:sns:eu-west-1:123456789012:topic'], ['arn:aws:sns', 'x']],
];

for (const [name, matching, others] of cases) {
  test(`${name} matches whole values`, () => {
    const matches = compilePattern(patternOf(name));
    for (const value of matching) assert.ok(matches(value), JSON.stringify(value));
    for (const value of others) assert.ok(!matches(value), JSON.stringify(value));
  });
}

test('every pattern of the model compiles', () => {
  const patterns = Object.values(shapes).flatMap((shape) =>
    shape.type === 'string' && shape.pattern !== undefined ? [shape.pattern] : [],
  );
  assert.ok(patterns.length >= 58);
  for (const pattern of patterns) assert.doesNotThrow(() => compilePattern(pattern)('a'), pattern);
});

test('a long near miss of the patterns with several texts ends', { timeout: 20_000 }, () => {
  // As one expression, the link pattern takes time cubic to this value: longer than anybody waits.
  const nearMiss = `${'{##'.repeat(20_000)}${'##}'.repeat(20_000)}\u0000`;
  assert.ok(!compilePattern(patternOf('EmailVerificationMessageByLinkType'))(nearMiss));
  assert.ok(!compilePattern(patternOf('EmailAddressType'))(`${'@'.repeat(200_000)} `));
});
