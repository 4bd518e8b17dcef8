import { operations, type OperationDeclaration } from '@poolhouse/model';
import { authorisationOf } from './generate/authorisation.ts';
import { readUnsignedOperations } from './generate/sdk-declarations.ts';
import { readSdkOperations, readSdkStructures, type SdkOperation } from './generate/sdk-schema.ts';

/**
 * Compares the installed SDK package with the generated model: a sentence for each difference, none when they agree.
 * It needs the SDK package only, so it runs wherever the repository is installed.
 */
export function checkModel(
  sdkOperations: readonly SdkOperation[] = readSdkOperations(),
  generated: Readonly<Record<string, OperationDeclaration>> = operations,
): readonly string[] {
  const sdkNames = new Set(sdkOperations.map(({ name }) => name));
  const added = [...sdkNames].filter((name) => !Object.hasOwn(generated, name));
  const removed = Object.keys(generated).filter((name) => !sdkNames.has(name));
  const shared = sdkOperations.filter(({ name }) => Object.hasOwn(generated, name));
  return [
    ...sentence('new', added),
    ...sentence('gone', removed),
    ...sentence('changed', changedOperations(shared, generated)),
  ];
}

function changedOperations(
  sdkOperations: readonly SdkOperation[],
  generated: Readonly<Record<string, OperationDeclaration>>,
): readonly string[] {
  const unsigned = readUnsignedOperations();
  const structures = readSdkStructures();
  return sdkOperations
    .filter(({ name, input, output }) => {
      const known = generated[name];
      const members = [...(structures.get(input)?.members.keys() ?? [])];
      const authorisation = authorisationOf(name, unsigned.has(name), members);
      return (
        known?.input !== input || known.output !== output || known.authorisation !== authorisation
      );
    })
    .map(({ name }) => name);
}

function sentence(what: string, names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  const operationWord = names.length === 1 ? 'operation' : 'operations';
  return [`${names.length} ${operationWord} ${what}: ${names.join(', ')}`];
}
