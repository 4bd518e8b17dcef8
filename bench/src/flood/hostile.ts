import { parentPort, workerData } from 'node:worker_threads';
import { unsigned } from '../load/aws-json.ts';
import { freshName } from '../load/fresh-name.ts';
import { connect, type Prepared } from '../load/send.ts';
import { SRP_A } from '../load/srp-side.ts';

/** What a flood consists of. */
export interface Hostile {
  readonly port: number;
  readonly clientId: string;
  readonly kind: 'sign-up' | 'srp-start';
  /** The user name for which SRP is started. */
  readonly victims: readonly string[];
  readonly localAddress: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly atOnce: number;
}

/** The results of a flood's requests. */
export interface HostileTally {
  readonly served: number;
  readonly refused: number;
}

/** A separate thread, so that it does not slow down those whose time is measured. Floods until it is told to stop. */
async function flood(hostile: Hostile): Promise<HostileTally> {
  const { port, clientId, atOnce, localAddress, headers } = hostile;
  const connections = connect(port, atOnce, localAddress);
  const tally = { served: 0, refused: 0 };
  let goesOn = true;
  parentPort?.once('message', () => (goesOn = false));
  const next = (index: number): Prepared =>
    hostile.kind === 'sign-up'
      ? unsigned('SignUp', {
          ClientId: clientId,
          Username: freshName(),
          Password: 'Flood-Passw0rd!',
          UserAttributes: [{ Name: 'email', Value: `${freshName()}@example.com` }],
        })
      : unsigned('InitiateAuth', {
          ClientId: clientId,
          AuthFlow: 'USER_SRP_AUTH',
          AuthParameters: {
            USERNAME: hostile.victims[index % hostile.victims.length] ?? '',
            SRP_A,
          },
        });
  let sent = 0;
  const stranger = async (): Promise<void> => {
    while (goesOn) {
      const request = next((sent += 1));
      const { status } = await connections.send({
        ...request,
        headers: { ...request.headers, ...headers },
      });
      if (status === 200) tally.served += 1;
      else tally.refused += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, stranger));
  connections.close();
  return tally;
}

parentPort?.postMessage(await flood(workerData as Hostile));
