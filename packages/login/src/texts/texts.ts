import type { english } from './english.ts';

/** The same texts in some language. */
type InAnyWords<Value> = Value extends string
  ? string
  : { readonly [Name in keyof Value]: InAnyWords<Value[Name]> };

/**
 * Every text of the pages in one language, as data: no text is put together from halves, and `{app}` is a place that the view fills.
 * None holds HTML.
 */
export type Texts = Omit<InAnyWords<typeof english>, 'direction'> & {
  readonly direction: 'ltr' | 'rtl';
};
