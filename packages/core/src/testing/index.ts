/** For the tests of other packages. */
export { keepingKeys } from './kept-keys.ts';
export { withMethods } from './with-methods.ts';
export { sampleMembers } from './sample-members.ts';
