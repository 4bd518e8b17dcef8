import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const packageFolder = dirname(
  createRequire(import.meta.url).resolve('@aws-sdk/client-cognito-identity-provider/package.json'),
);

/** The operations that the SDK sends without a signature. Source: the SDK's auth scheme provider. */
export function readUnsignedOperations(): ReadonlySet<string> {
  const source = read('dist-es/auth/httpAuthSchemeProvider.js');
  const unsigned = new Set<string>();
  for (const [, operation, body] of source.matchAll(/case "(\w+)":([\s\S]*?)break;/g)) {
    if (operation !== undefined && body?.includes('NoAuth')) unsigned.add(operation);
  }
  return unsigned;
}

/** The errors that the SDK's documentation declares for an operation, in its order. Source: `@throws` of the command. */
export function readThrownErrors(operation: string): readonly string[] {
  const source = read(`dist-types/commands/${operation}Command.d.ts`);
  return [...source.matchAll(/@throws \{@link (\w+)\} \(/g)].map((match) => match[1] ?? '');
}

/**
 * The TypeScript type that the SDK writes for a member, such as `ChallengeNameType[]`: the runtime schemas forget the names
 * of enums. Undefined where the SDK has no such member.
 */
export function readMemberType(structure: string, member: string): string | undefined {
  const body = interfaceBodies().get(structure);
  return body?.match(new RegExp(`\\n    ${member}\\??: (.*?)(?: \\| undefined)?;`))?.[1];
}

let bodies: ReadonlyMap<string, string> | undefined;

function interfaceBodies(): ReadonlyMap<string, string> {
  bodies ??= new Map(
    readdirSync(join(packageFolder, 'dist-types/models'))
      .filter((file) => file.startsWith('models_'))
      .flatMap((file) => [
        ...read(`dist-types/models/${file}`).matchAll(/export interface (\w+) \{([\s\S]*?)\n\}/g),
      ])
      .map((match) => [match[1] ?? '', match[2] ?? '']),
  );
  return bodies;
}

function read(path: string): string {
  return readFileSync(join(packageFolder, path), 'utf8');
}
