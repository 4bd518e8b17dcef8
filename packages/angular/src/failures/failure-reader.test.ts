import { HttpErrorResponse } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { englishTexts } from '../texts/english';
import { mergeTexts, POOLHOUSE_TEXTS } from '../texts/texts-token';
import { AuthError } from '../errors/auth-error';
import { injectFailureReader } from './failure-reader';

const read = (error: unknown) => TestBed.runInInjectionContext(injectFailureReader)(error);
const answer = (status: number, error: unknown) => read(new HttpErrorResponse({ status, error }));
const { errors } = englishTexts;

describe('what went wrong, in words', () => {
  it('is what an error of the kit says, with its field and its code', () => {
    const error = new AuthError({
      code: 'wrong-password',
      message: 'Wrong.',
      field: 'previousPassword',
    });
    expect(read(error)).toEqual({
      text: 'Wrong.',
      field: 'previousPassword',
      code: 'wrong-password',
    });
  });

  it('is what an API says of its refusal', () => {
    const refusal = { error: 'Taken', message: 'This name is taken.', field: 'username' };
    expect(answer(409, refusal)).toEqual({
      text: 'This name is taken.',
      field: 'username',
      code: 'Taken',
    });
  });

  it.each([
    ['a network that is gone', 0, new ProgressEvent('error'), errors.network],
    ['an API that wants a token', 401, null, errors['signed-out']],
    ['a refusal', 403, '', errors['not-allowed']],
    ['too many requests', 429, {}, errors['too-many-attempts']],
    ['a proxy’s page', 502, '<h1>Bad Gateway</h1>', errors.unavailable],
    ['a message that is none', 400, { message: { text: 'no' }, field: 7 }, errors.unknown],
  ])('is a sentence of the kit’s for %s', (_, status, error, text) => {
    expect(answer(status, error)).toEqual({ text, field: undefined, code: undefined });
  });

  it('tells nothing of a bug, and speaks the language of the application', () => {
    expect(read(new TypeError('x is undefined')).text).toBe(errors.unknown);
    const texts = mergeTexts(englishTexts, { errors: { unknown: 'Etwas ging schief.' } });
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({ providers: [{ provide: POOLHOUSE_TEXTS, useValue: texts }] });
    expect(read(undefined).text).toBe('Etwas ging schief.');
  });
});
