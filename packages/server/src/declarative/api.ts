import { Failure, registry, type Caller, type Execute } from '@poolhouse/core';
import { decodeInput, type InputOf, type OperationName, type OutputOf } from '@poolhouse/model';
import { regionOfRequest } from '../pools/region-of-request.ts';
import type { DeclarationFile, Path } from './read-declaration.ts';
import { droppedMember } from './same-settings.ts';

/** The API as a declaration uses it: a refusal becomes an error about the line that caused it. */
export interface Api {
  /** Checks settings against the model of this operation's input; `path` is their place in the file. */
  check<Name extends OperationName>(
    name: Name,
    input: Readonly<Record<string, unknown>>,
    path: Path,
  ): InputOf<Name>;
  /** Runs an operation. Errors named in `expected` are thrown unchanged. */
  run<Name extends OperationName>(
    name: Name,
    input: Readonly<Record<string, unknown>>,
    path: Path,
    expected?: readonly string[],
  ): Promise<OutputOf<Name>>;
  /** Runs `work`, which may refuse like an operation. */
  explained<Result>(path: Path, work: () => Promise<Result>): Promise<Result>;
}

/** Makes the API for the region in which new pools are created; existing pools are found in their own. */
export function makeApi(execute: Execute, file: DeclarationFile, region: string): Api {
  const callerFor = (name: OperationName, input: object): Caller => ({
    kind: 'server',
    id: 'declaration',
    region: regionOfRequest(name, input, region),
  });

  const check: Api['check'] = (name, input, path) => {
    const decoded = decodeInput(name, input);
    if (!decoded.ok) throw refused(path, decoded.message);
    const dropped = droppedMember(input, decoded.input);
    if (dropped === undefined) return decoded.input;
    throw file.refuse(
      [...path, ...dropped],
      'is not a setting of the API',
      `Use the member names of ${name}; they begin with capital letters.`,
    );
  };

  const refused = (path: Path, problem: string) =>
    file.refuse(path, `is refused: ${problem.replace(/\.$/, '')}`, 'Correct it.');

  const explained: Api['explained'] = async (path, work) => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Failure) throw refused(path, error.message);
      throw error;
    }
  };

  return {
    check,
    explained,
    async run(name, input, path, expected = []) {
      const operation = registry.get(name);
      if (operation === undefined) throw new Error(`${name} is not built`);
      const decoded = check(name, input, path);
      try {
        return await execute(operation, decoded, callerFor(name, decoded));
      } catch (error) {
        if (!(error instanceof Failure) || expected.includes(error.code)) throw error;
        throw refused(path, error.message);
      }
    },
  };
}
