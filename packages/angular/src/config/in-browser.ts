import { isPlatformBrowser } from '@angular/common';
import { inject, PLATFORM_ID } from '@angular/core';

/** In an injection context: whether this is a browser, and not a server that renders for one. */
export function inBrowser(): boolean {
  return isPlatformBrowser(inject(PLATFORM_ID));
}
