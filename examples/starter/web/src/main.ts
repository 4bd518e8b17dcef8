import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';
import { appConfig } from './app/app-config';
import type { PoolConfig } from './app/pool-config';

try {
  const answer = await fetch('config.json');
  await bootstrapApplication(App, appConfig((await answer.json()) as PoolConfig));
} catch (error) {
  console.error(error);
  document.body.textContent = 'This page could not be loaded. Reload it in a moment.';
}
