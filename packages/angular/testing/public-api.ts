export { fakeUser } from './fake-answers';
export type { FakePoolhouse } from './fake-answers';
export { FakeAuth } from './fake-auth';
export type { FakeMethod } from './fake-auth';
export { provideFakePoolhouse } from './provide-fake-poolhouse';
