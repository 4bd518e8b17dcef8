import type { ScreenTexts } from '@poolhouse/angular';
import { Field } from './field';

/** The code in what people paste: with spaces and dashes, or the whole sentence around it. */
export function codeIn(typed: string): string {
  const dense = typed.replaceAll(/[\s\-\u2010-\u2015]/g, '');
  return /(?<!\d)\d{6}(?!\d)/.exec(dense)?.[0] ?? dense;
}

/** Whether it looks like a code of the pool's. */
export function isCode(text: string): boolean {
  return /^\d{6}$/.test(text);
}

/** The field of a code that came by message. */
export function codeField(words: ScreenTexts): Field {
  return new Field({
    tidy: true,
    clean: codeIn,
    check: (value) => (isCode(value) ? null : words.problemCode),
  });
}
