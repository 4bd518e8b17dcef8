import { Failure, registry, type Caller } from '@poolhouse/core';
import { decodeInput, type InputOf, type OperationName, type OutputOf } from '@poolhouse/model';
import type { Server } from '../compose/compose-server.ts';
import { regionOfRequest } from '../pools/region-of-request.ts';

/** Runs an operation without HTTP and signatures, so that the clock can have any time; in the region of the pool that it names. */
export async function call<Name extends OperationName>(
  server: Pick<Server, 'execute'>,
  name: Name,
  input: InputOf<Name>,
  chosen = 'eu-west-1',
): Promise<OutputOf<Name>> {
  const operation = registry.get(name);
  if (operation === undefined) throw new Error(`${name} is not built`);
  const decoded = decodeInput(name, input);
  if (!decoded.ok) throw new Failure('InvalidParameterException', decoded.message);
  const region = regionOfRequest(name, decoded.input, chosen);
  const caller: Caller = { kind: 'access-key', id: 'local', region };
  return await server.execute(operation, decoded.input, caller);
}
