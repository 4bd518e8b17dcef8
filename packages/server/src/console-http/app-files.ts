import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { Router, type Response } from 'express';
import { html } from '../pages/html.ts';
import { sendPage } from '../pages/page.ts';

/** Scripts and styles are our own files; styles that Angular puts into the page belong to its components. Source: security.md X19, X22. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Serves a built Angular application with its routes; says how to build it where it is not. */
export function appFiles(folder: string): Router {
  const router = Router();
  const index = join(folder, 'index.html');
  router.use(
    express.static(folder, {
      index: false,
      redirect: false,
      setHeaders(response: Response, path) {
        // Built files carry a hash of their content in their names.
        const lasting = /[-.][\w-]{8}\.(?:js|css|woff2|svg)$/.test(path);
        response.set({
          'Content-Security-Policy': POLICY,
          'Cache-Control': lasting ? 'public, max-age=31536000, immutable' : 'no-store',
        });
      },
    }),
  );
  router.get('/{*path}', (request, response, next) => {
    // Files are never deeper than this; a user's page may well end in ".com".
    if (/^\/(?:[\w-]+\/)?[\w.-]+\.\w{1,5}$/.test(request.path)) next();
    else if (existsSync(index)) {
      response.set({
        'Content-Security-Policy': POLICY,
        'Cache-Control': 'no-store',
        'Referrer-Policy': 'no-referrer',
      });
      response.sendFile(index);
    } else {
      sendPage(response, 503, {
        title: 'The console is not built',
        bodyClass: 'centred',
        body: html`<main class="card">
          <h1>The console is not built yet</h1>
          <p>Run <code>npm start</code>, which builds it, or <code>npm run build:console</code>.</p>
        </main>`,
      });
    }
  });
  return router;
}
