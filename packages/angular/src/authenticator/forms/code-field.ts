import type { ScreenTexts } from '../texts';
import { Field } from './field';

/** The field of a code that came by message: people paste it with spaces and dashes, or the whole sentence around it. */
export function codeField(words: ScreenTexts): Field {
  return new Field({
    tidy: true,
    clean: (value) => {
      const dense = value.replaceAll(/[\s\-\u2010-\u2015]/g, '');
      return /(?<!\d)\d{6}(?!\d)/.exec(dense)?.[0] ?? dense;
    },
    check: (value) => (/^\d{6}$/.test(value) ? null : words.problemCode),
  });
}
