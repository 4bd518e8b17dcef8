import { inject } from '@angular/core';
import { POOLHOUSE_TEXTS, type ScreenTexts } from '@poolhouse/angular';
import { wordsOf } from './texts/screen-texts';

/** In an injection context: the words of the screens in use. */
export function injectWords(): ScreenTexts {
  return wordsOf(inject(POOLHOUSE_TEXTS));
}
