/** @module Test tokens without a network: a user pool that lives in the test. */
export {
  fakePool,
  type FakeAccessTokenOptions,
  type FakeIdTokenOptions,
  type FakePool,
  type FakePoolOptions,
  type FakeTokenOptions,
} from './fake-pool.ts';
