import { documentOf, type Page } from '@poolhouse/login';
import { filesFolder } from '@poolhouse/login/files';
import type { Response } from '../site/route.ts';
import { send, setHeaders } from '../site/send.ts';
import { lastingFiles } from './lasting-files.ts';

/** Where {@link pageFiles} are mounted. */
export const PAGE_FILES_PATH = '/static';

/** What all pages load. */
export const pageFiles = lastingFiles(filesFolder, PAGE_FILES_PATH);

/**
 * Nothing is loaded from elsewhere, nothing runs, and nobody can frame the page; a page adds what it needs. Source: security.md X19, X22.
 */
const BASE_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
];

/** Sends a page that no cache keeps and whose address is sent to no other site. */
export function sendPage(response: Response, status: number, page: Page): void {
  response.statusCode = status;
  setHeaders(response, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': [...BASE_POLICY, ...(page.policy ?? [])].join('; '),
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Frame-Options': 'DENY',
    'X-Content-Type-Options': 'nosniff',
    'X-Robots-Tag': 'noindex',
  });
  send(response, documentOf(page, pageFiles.addressOf).text);
}
