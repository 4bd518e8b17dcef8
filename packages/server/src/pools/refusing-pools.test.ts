import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { refusingPools, refusingText } from './refusing-pools.ts';
import { startServer } from '../testing/start-server.ts';

const guard = 'arn:aws:lambda:eu-west-1:000000000000:function:guard';

test('start-up names the pools whose settings cause refusals, and no others', async (t) => {
  const { client, server } = await startServer(t);
  const make = (PoolName: string, settings: Partial<CreateUserPoolCommandInput> = {}) =>
    client().send(new CreateUserPoolCommand({ PoolName, ...settings }));
  await make('plain');
  assert.equal(refusingText(await refusingPools(server.storage)), '');
  await make('guarded', { LambdaConfig: { PreAuthentication: guard } });
  const text = refusingText(await refusingPools(server.storage));
  assert.match(
    text,
    /^Warning: the user pool guarded \(\S+\) requires .* LambdaConfig\.PreAuthentication: Sign-in is refused\.\n$/,
  );
  for (let at = 0; at < 12; at += 1) {
    await make(`guarded ${at}`, { LambdaConfig: { PreSignUp: guard } });
  }
  assert.equal((await refusingPools(server.storage)).length, 10);
});
