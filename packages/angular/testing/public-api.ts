export { FakeAuth, fakeUser } from './fake-auth';
export type { FakeMethod, FakePoolhouse } from './fake-auth';
export { provideFakePoolhouse } from './provide-fake-poolhouse';
