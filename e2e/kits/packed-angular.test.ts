import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { packKit } from '../../scripts/release/pack-kit.mjs';
import { runOutside } from '../../scripts/release/run-outside.mjs';
import { linkInstalled, MODULES } from './link-installed.ts';

/** The application of somebody who installed the package. */
const APP: Readonly<Record<string, string>> = {
  'package.json': '{"name":"app","private":true,"type":"module"}',
  'angular.json': JSON.stringify({
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
              tsConfig: 'tsconfig.json',
              index: false,
              outputPath: 'out',
            },
          },
        },
      },
    },
  }),
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      target: 'es2022',
      lib: ['es2022', 'dom'],
      module: 'preserve',
      moduleResolution: 'bundler',
      types: [],
      strict: true,
      skipLibCheck: false,
      rootDir: 'src',
      outDir: 'checked',
    },
    angularCompilerOptions: { strictTemplates: true },
    include: ['src/**/*.ts'],
  }),
  'src/main.ts': `
import { Component, inject } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { provideRouter, RouterOutlet } from '@angular/router';
import { Auth, guest, inGroup, PhInGroup, poolhouseInterceptor, providePoolhouse, signedIn } from '@poolhouse/angular';

@Component({
  selector: 'app-root',
  imports: [PhInGroup, RouterOutlet],
  template: \`{{ auth.user()?.email }} {{ auth.status() }}
    <b *phInGroup="'admin'; else others">for admins</b><ng-template #others>for others</ng-template>
    <button (click)="auth.signOut()">Sign out</button><router-outlet />\`,
})
export class App {
  protected readonly auth = inject(Auth);
}

void bootstrapApplication(App, {
  providers: [
    providePoolhouse({ userPoolId: 'eu-west-1_aBcDeFgHi', clientId: 'abc' }, { texts: { errors: { network: 'Weg.' } } }),
    provideHttpClient(withInterceptors([poolhouseInterceptor])),
    provideRouter([
      { path: 'profile', component: App, canActivate: [signedIn()] },
      { path: 'admin', component: App, canActivate: [inGroup('admin')] },
      { path: 'sign-in', component: App, canActivate: [guest()] },
    ]),
  ],
});
`,
  'src/checked.ts': `
import type { Auth, AuthErrorCode, PoolhouseConfig } from '@poolhouse/angular';
import { SecondFactors } from '@poolhouse/angular/account';
import { CodeField, englishScreenTexts, PasswordField } from '@poolhouse/angular/fields';
import { Authenticator, provideJourney, SignIn } from '@poolhouse/angular/screens';
import { FakeAuth, provideFakePoolhouse } from '@poolhouse/angular/testing';

export const parts = [Authenticator, CodeField, englishScreenTexts, PasswordField, provideJourney, SecondFactors, SignIn];
export const fake: Pick<Auth, keyof Auth> = new FakeAuth({ groups: ['admin'] });
export const providers = [provideFakePoolhouse({ user: { username: 'ann' } })];
// @ts-expect-error the client is missing
export const config: PoolhouseConfig = { userPoolId: 'eu-west-1_abc' };
// @ts-expect-error not one of the codes
export const code: AuthErrorCode = 'NotAuthorizedException';
// @ts-expect-error nobody may be signed in
export const sub: string = fake.user().sub;
`,
  /** A server that renders: it has no window and no document. */
  'server.js': `
import '@angular/compiler';
import { Injector, PLATFORM_ID, createEnvironmentInjector } from '@angular/core';
import { Auth, providePoolhouse } from '@poolhouse/angular';

const parent = Injector.create({ providers: [{ provide: PLATFORM_ID, useValue: 'server' }] });
const providers = [providePoolhouse({ userPoolId: 'eu-west-1_abc', clientId: 'c' })];
const auth = createEnvironmentInjector(providers, parent).get(Auth);
await auth.ready();
console.log(JSON.stringify([typeof window, auth.status(), await auth.accessToken()]));
`,
};

test('the packed files work in an empty project', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-angular-packed-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const project = join(folder, 'project');
  const target = join(project, 'node_modules/@poolhouse/angular');

  await t.test('they are built and packed, and hold no sources and no tests', async () => {
    await mkdir(target, { recursive: true });
    const { tarball } = await packKit('angular', folder);
    await runOutside('tar', ['-xzf', tarball, '-C', target, '--strip-components=1'], folder);
  });

  await t.test('every path of "exports" is there, and none leads to sources', async () => {
    const text = await readFile(join(target, 'package.json'), 'utf8');
    assert.doesNotMatch(text, /poolhouse-source|"private"|"scripts"|devDependencies/);
    const { exports } = JSON.parse(text) as { exports: Record<string, Record<string, string>> };
    assert.deepEqual(Object.keys(exports).sort(), [
      ...['.', './account', './fields', './package.json', './screens', './testing'],
    ]);
    for (const path of Object.values(exports).flatMap((entry) => Object.values(entry))) {
      await readFile(join(target, path));
    }
  });

  await t.test(
    'an application compiles against them, templates and libraries checked too',
    async () => {
      for (const name of ['lean-qr', 'rxjs', 'tslib', 'typescript'])
        await linkInstalled(project, name);
      for (const name of await readdir(join(MODULES, '@angular')))
        await linkInstalled(project, `@angular/${name}`);
      for (const [path, text] of Object.entries(APP)) {
        await mkdir(dirname(join(project, path)), { recursive: true });
        await writeFile(join(project, path), text);
      }
      await runOutside(
        process.execPath,
        [join(MODULES, '@angular/compiler-cli/bundles/src/bin/ngc.js'), '-p', 'tsconfig.json'],
        project,
      );
    },
  );

  await t.test('the application is built by the Angular CLI', async () => {
    await runOutside(process.execPath, [join(MODULES, '@angular/cli/bin/ng.js'), 'build'], project);
    const built = await readdir(join(project, 'out/browser'));
    const main = built.find((name) => /^main.*\.js$/.test(name));
    assert.ok(main, built.join());
    const text = await readFile(join(project, 'out/browser', main), 'utf8');
    assert.match(text, /GetTokensFromRefreshToken/);
    // Without any of the screens, the bundle contains nothing of them: no fields, no texts.
    const screens = /ph-(screen|field|control|alone)|passwordrules|one-time-code|Forgot password/;
    assert.equal(screens.exec(text)?.[0], undefined);
    // What is for tests is not included.
    assert.doesNotMatch(text, /access-token-/);
  });

  await t.test('a server takes them in without a browser', async () => {
    assert.deepEqual(JSON.parse(await runOutside(process.execPath, ['server.js'], project)), [
      'undefined',
      'unknown',
      null,
    ]);
  });
});
