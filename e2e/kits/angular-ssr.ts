/** The Angular kit in an application that is prerendered and rendered on a server. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { environmentOutside } from '../../scripts/release/run-outside.mjs';
import { freePort } from '../clients/server-under-test.ts';
import { inEmptyFolder, install, runNode, write, type Check } from './check.ts';

/** The newest version for which all Angular packages are available. */
const ANGULAR = '22.2.0';
const LIMIT_MS = 30_000;

const FILES = {
  'package.json': { name: 'app', private: true, type: 'module' },
  'angular.json': {
    version: 1,
    cli: { analytics: false, cache: { enabled: false } },
    projects: {
      app: {
        projectType: 'application',
        root: '',
        sourceRoot: 'src',
        architect: {
          build: {
            builder: '@angular/build:application',
            options: {
              browser: 'src/main.ts',
              server: 'src/main.server.ts',
              ssr: { entry: 'src/server.ts' },
              outputMode: 'server',
              security: { allowedHosts: ['127.0.0.1'] },
              tsConfig: 'tsconfig.json',
              index: 'src/index.html',
              outputPath: 'dist',
            },
          },
        },
      },
    },
  },
  'tsconfig.json': {
    compilerOptions: {
      target: 'es2022',
      lib: ['es2022', 'dom'],
      module: 'preserve',
      moduleResolution: 'bundler',
      types: ['node'],
      strict: true,
    },
    files: ['src/main.ts', 'src/main.server.ts', 'src/server.ts'],
  },
  'src/index.html':
    '<!doctype html><html lang="en"><head><title>App</title><base href="/"></head><body><app-root></app-root></body></html>',
  'src/app.ts': `
import { Component, inject } from '@angular/core';
import { provideClientHydration } from '@angular/platform-browser';
import { provideRouter, RouterOutlet } from '@angular/router';
import { Auth, providePoolhouse, signedIn } from '@poolhouse/angular';
import { Authenticator } from '@poolhouse/angular/screens';

@Component({ selector: 'app-page', template: 'A page of somebody: {{ auth.status() }}.' })
class Page {
  protected readonly auth = inject(Auth);
}
@Component({ selector: 'app-root', imports: [RouterOutlet], template: '<router-outlet />' })
export class App {}
export const config = {
  providers: [
    providePoolhouse({ userPoolId: 'eu-west-1_aBcDeFgHi', clientId: 'abc' }),
    provideClientHydration(),
    provideRouter([
      { path: 'advance', component: Page },
      { path: 'server', component: Page, canActivate: [signedIn()] },
      { path: 'sign-in', component: Authenticator },
    ]),
  ],
};
`,
  'src/main.ts': `
import { bootstrapApplication } from '@angular/platform-browser';
import { App, config } from './app';
void bootstrapApplication(App, config);
`,
  'src/main.server.ts': `
import { mergeApplicationConfig } from '@angular/core';
import { bootstrapApplication, type BootstrapContext } from '@angular/platform-browser';
import { provideServerRendering, RenderMode, withRoutes } from '@angular/ssr';
import { App, config } from './app';

const server = provideServerRendering(
  withRoutes([
    { path: 'server', renderMode: RenderMode.Server },
    { path: '**', renderMode: RenderMode.Prerender },
  ]),
);
const merged = mergeApplicationConfig(config, { providers: [server] });
export default (context: BootstrapContext) => bootstrapApplication(App, merged, context);
`,
  'src/server.ts': `
import { createServer } from 'node:http';
import { AngularNodeAppEngine, createNodeRequestHandler, isMainModule, writeResponseToNodeResponse } from '@angular/ssr/node';

const engine = new AngularNodeAppEngine();
export const reqHandler = createNodeRequestHandler(async (req, res) => {
  const answer = await engine.handle(req);
  if (answer) await writeResponseToNodeResponse(answer, res);
  else res.writeHead(404).end();
});
if (isMainModule(import.meta.url)) {
  createServer((req, res) => void reqHandler(req, res)).listen(Number(process.env['PORT']), '127.0.0.1');
}
`,
};

/** Two pages: one written by the build, one by a running server. Both leave it to the browser to find out who is signed in. */
export const ANGULAR_SSR: Check = {
  name: `Angular ${ANGULAR}, rendered in advance and on a server`,
  run: ({ angular }) =>
    inEmptyFolder(async (folder) => {
      await write(folder, FILES);
      const framework = ['build', 'cli', 'common', 'compiler', 'compiler-cli', 'core'];
      framework.push('platform-browser', 'platform-server', 'router', 'ssr');
      const others = ['rxjs@7', 'tslib@2', 'typescript@~6.0', '@types/node@24'];
      const packages = framework.map((name) => `@angular/${name}@${ANGULAR}`);
      await install(folder, angular, ...packages, ...others);
      await runNode(folder, 'node_modules/@angular/cli/bin/ng.js', 'build');
      const page = await readFile(join(folder, 'dist/browser/advance/index.html'), 'utf8');
      assert.match(page, /A page of somebody: unknown\./);
      assert.match(await served(folder, '/server'), /A page of somebody: unknown\./);
    }),
};

async function served(folder: string, path: string): Promise<string> {
  const port = await freePort();
  const child = spawn(process.execPath, ['dist/server/server.mjs'], {
    cwd: folder,
    env: { ...environmentOutside(), PORT: String(port) },
    stdio: 'inherit',
  });
  try {
    const untilMs = performance.now() + LIMIT_MS;
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined);
      if (answer) return await answer.text();
      assert(performance.now() < untilMs, 'the application does not answer');
      await pause(50);
    }
  } finally {
    child.kill('SIGKILL');
  }
}
