import { TestBed } from '@angular/core/testing';
import { ApiError, toApiError } from './api-error';
import { Connection } from './connection';
import { Requests } from './request';
import { answer, fakeFetch, refusal } from './testing/fake-fetch';

afterEach(() => vi.unstubAllGlobals());

const failure = async (path = 'config'): Promise<ApiError> => {
  try {
    await TestBed.inject(Requests).send(path);
  } catch (error) {
    return error as ApiError;
  }
  throw new Error('it did not fail');
};

describe('a request that is refused', () => {
  it.each([
    [401, undefined, undefined, 'SignedOut', 'You are signed out. Sign in again to go on.'],
    [400, 'UsernameExistsException', 'It is taken.', 'UsernameExistsException', 'It is taken.'],
    [400, 'NotAuthorizedException', '', 'NotAuthorizedException', 'Something went wrong'],
    [429, 'Whatever', 'slow down', 'TooManyRequestsException', 'Too many requests at once.'],
    [503, undefined, undefined, 'Unavailable', 'The server cannot answer right now.'],
    [500, undefined, undefined, 'Unexpected', 'Something went wrong on the server.'],
  ])('with %s %s %s is %s, in words for people', async (status, code, message, known, said) => {
    fakeFetch(refusal(status, code, message));
    const error = await failure();
    expect(error).toBeInstanceOf(ApiError);
    expect(error.code).toBe(known);
    expect(error.message).toContain(said);
  });

  it('names itself, to be found in the server’s log', async () => {
    fakeFetch(answer({ code: 'X', message: 'No.', requestId: 'one' }, 400));
    expect((await failure()).requestId).toBe('one');
    fakeFetch(answer({ code: 'X', message: 'No.' }, 400, { 'x-amzn-requestid': 'two' }));
    expect((await failure()).requestId).toBe('two');
  });

  it('may be no JSON at all', async () => {
    fakeFetch(new Response('<html>', { status: 500 }));
    expect((await failure()).code).toBe('Unexpected');
  });
});

describe('words for an error', () => {
  it('are the server’s where those are a sentence, else ours', () => {
    const code = 'TooManyRequestsException';
    expect(new ApiError(code, 'Wait 5 seconds.').message).toBe('Wait 5 seconds.');
    expect(new ApiError(code, 'throttled').message).toContain('Too many requests at once.');
    expect(new ApiError('Unknown', 'odd').message).toBe('odd');
  });

  it('say whether the same may work later', () => {
    expect(new ApiError('Unreachable', '').mayPass).toBe(true);
    expect(new ApiError('InvalidParameterException', '').mayPass).toBe(false);
  });

  it('are made of whatever was thrown', () => {
    expect(toApiError(new Error('odd'))).toMatchObject({ code: 'Unexpected', message: 'odd' });
    expect(toApiError('text').message).toContain('Something went wrong on the server.');
    const error = new ApiError('X', 'a b');
    expect(toApiError(error)).toBe(error);
  });
});

describe('the connection', () => {
  it('is lost when nobody answers, and counted when somebody does again', async () => {
    const connection = TestBed.inject(Connection);
    fakeFetch(new TypeError('failed to fetch'), answer({}), answer({}));
    expect(await failure()).toMatchObject({ code: 'Unreachable' });
    expect([connection.lost(), connection.reconnections()]).toEqual([true, 0]);
    for (let again = 0; again < 2; again += 1) await TestBed.inject(Requests).send('config');
    expect([connection.lost(), connection.reconnections()]).toEqual([false, 1]);
  });

  it.each([502, 504])('is lost when a proxy answers %s for nobody', async (status) => {
    fakeFetch(refusal(status));
    await failure();
    expect(TestBed.inject(Connection).lost()).toBe(true);
  });

  it('is not lost by somebody who gives a request up', async () => {
    const aborted = new AbortController();
    aborted.abort();
    fakeFetch(new DOMException('aborted', 'AbortError'));
    const sent = TestBed.inject(Requests).send('config', { signal: aborted.signal });
    await expect(sent).rejects.toMatchObject({ name: 'AbortError' });
    expect(TestBed.inject(Connection).lost()).toBe(false);
  });
});
