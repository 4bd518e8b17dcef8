import { inject, LOCALE_ID } from '@angular/core';

/** In an injection context: what writes a time as people of the application's language do. */
export function injectDates(): (atMs: number) => string {
  const format = new Intl.DateTimeFormat(inject(LOCALE_ID), {
    ...{ dateStyle: 'medium', timeStyle: 'short' },
  });
  return (atMs) => format.format(atMs);
}
