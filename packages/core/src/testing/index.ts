/** For the tests of other packages. */
export { keepingKeys } from './kept-keys.ts';
export { withMethods } from './with-methods.ts';
