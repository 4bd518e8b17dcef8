import type { Role } from '../../api/session';
import { SHOP, shopServer } from '../../../testing/shop';

/** The app client that is made. */
export const client = { ClientId: 'web-id', ClientName: 'shop-web' };
/** A server that makes the pool and all that belongs to it. */
export const wizardServer = (role: Role = 'owner') =>
  shopServer(role)
    .on('CreateUserPool', { UserPool: SHOP })
    .on('SetUserPoolMfaConfig', {})
    .on('CreateUserPoolClient', { UserPoolClient: client })
    .on('DescribeUserPoolClient', { UserPoolClient: client });

/** The lines of the summary beside a step. */
export function soFar(): Readonly<Record<string, string>> {
  const lines = [...document.querySelectorAll('pc-summary .facts > div')];
  const text = (line: Element, part: string) => line.querySelector(part)?.textContent?.trim() ?? '';
  return Object.fromEntries(lines.map((line) => [text(line, 'dt'), text(line, 'dd')]));
}

/** The command beside a step. */
export const command = () => document.querySelector('pc-summary pre')?.textContent;
