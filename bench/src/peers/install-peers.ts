import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Pinned: another version is another peer. */
const VERSIONS: Readonly<Record<string, string>> = {
  'better-auth': '1.7.25',
  'cognito-local': '5.3.0',
  'oidc-provider': '9.13.3',
};
/** Servers of ours that run a peer, and resolve it from where they lie. */
const SERVERS = ['better-auth-server.mjs', 'oidc-provider-server.mjs'];

/** The peers could not be installed, in words for whoever asked for them. */
export class PeersMissingError extends Error {
  override readonly name = 'PeersMissingError';
}

/** Installs the peers into a folder of their own, once; the repository does not depend on them. */
export async function installPeers(folder: string, tell: (text: string) => void): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const file of SERVERS) copyFileSync(join(import.meta.dirname, file), join(folder, file));
  const wanted = Object.entries(VERSIONS).filter(
    ([name, version]) => installed(folder, name) !== version,
  );
  if (wanted.length === 0) return;
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }));
  const packages = Object.entries(VERSIONS).map(([name, version]) => `${name}@${version}`);
  tell(`installing ${packages.join(', ')}`);
  const words = ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...packages];
  try {
    await promisify(execFile)('npm', words, { cwd: folder });
  } catch (cause) {
    const said = String((cause as { readonly stderr?: unknown }).stderr ?? cause).trim();
    throw new PeersMissingError(
      `The peers could not be installed, for which a network is needed once. npm said:\n${said}`,
      { cause },
    );
  }
}

function installed(folder: string, name: string): string | undefined {
  const file = join(folder, 'node_modules', name, 'package.json');
  if (!existsSync(file)) return undefined;
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
}

/** The file behind a peer's command. */
export function commandOf(folder: string, name: string): string {
  const root = join(folder, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly bin: string | Readonly<Record<string, string>>;
  };
  return join(root, typeof bin === 'string' ? bin : (bin[name] ?? ''));
}
