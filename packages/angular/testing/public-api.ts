export { fakeUser } from './fake-answers';
export { FakeAuth } from './fake-auth';
export type { FakeMethod, FakePoolhouse } from './fake-auth';
export { provideFakePoolhouse } from './provide-fake-poolhouse';
