import type { ApplicationConfig } from '@angular/core';
import {
  provideRouter,
  TitleStrategy,
  withComponentInputBinding,
  withInMemoryScrolling,
  withNavigationErrorHandler,
  withRouterConfig,
} from '@angular/router';
import { inject } from '@angular/core';
import { PageTitles } from './shell/page-titles';
import { StartFailure } from './shell/start-failure';
import { routes } from './routes';

/** Everything that the console is made of. */
export const appConfig: ApplicationConfig = {
  providers: [
    provideRouter(
      routes,
      withComponentInputBinding(),
      withRouterConfig({ paramsInheritanceStrategy: 'always' }),
      withInMemoryScrolling({ scrollPositionRestoration: 'enabled' }),
      withNavigationErrorHandler(({ error }) => inject(StartFailure).show(error)),
    ),
    { provide: TitleStrategy, useExisting: PageTitles },
  ],
};
