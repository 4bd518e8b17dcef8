import { afterNextRender, inject, Injector } from '@angular/core';
import { NavigationEnd, NavigationError, Router } from '@angular/router';
import { first } from 'rxjs';

/** Takes away the picture of the page that index.html begins with, once the page itself is drawn under it. */
export function leaveStartPicture(): void {
  const injector = inject(Injector);
  const leave = () => document.querySelector('.start')?.remove();
  inject(Router)
    .events.pipe(
      first((event) => event instanceof NavigationEnd || event instanceof NavigationError),
    )
    .subscribe(() => afterNextRender(leave, { injector }));
}
