import type { ScreenTexts } from '@poolhouse/angular';
import { Field } from './field';

/** The code in what people paste: with spaces and dashes, or the whole sentence around it. */
export function codeIn(typed: string, code = SIX): string {
  const dense = typed.replaceAll(/[\s\-\u2010-\u2015]/g, '');
  return code.exec(dense)?.[0] ?? dense;
}

const SIX = /(?<!\d)\d{6}(?!\d)/;
/** A code in place of the password has eight digits. Shorter ones are left to the service. Source: docs/guides/sign-in-choice.md. */
const EIGHT = /(?<!\d)\d{6,8}(?!\d)/;

/** Whether it looks like a code of the pool's. */
export function isCode(text: string): boolean {
  return /^\d{6}$/.test(text);
}

/** The field of a code that came by message; `isLong` where it stands in place of the password. */
export function codeField(words: ScreenTexts, isLong: () => boolean = () => false): Field {
  return new Field({
    tidy: true,
    clean: (typed) => codeIn(typed, isLong() ? EIGHT : SIX),
    check: (value) => {
      if (isLong()) return /^\d{6,8}$/.test(value) ? null : words.problemLongCode;
      return isCode(value) ? null : words.problemCode;
    },
  });
}
