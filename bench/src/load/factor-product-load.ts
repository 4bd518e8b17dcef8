import { setTimeout as delay } from 'node:timers/promises';
import type { InputOf, OutputOf } from '@poolhouse/model';
import { sideOf, type KeptDevice } from '../data/device-data.ts';
import { withAddress, withApplication } from '../data/factor-data.ts';
import { openOutbox } from '../data/outbox.ts';
import { PASSWORD, setPassword } from '../data/product-data.ts';
import { unsigned } from './aws-json.ts';
import { usePasskey } from './passkey-side.ts';
import type { Loads } from './scenario.ts';
import { runAll, sendOne } from './send.ts';
import { answerSrp, SRP_A, type SrpChallenge } from './srp-side.ts';
import type { Target } from './target.ts';
import { codeAt, stepNow } from './totp-side.ts';

type Parameters = Readonly<Record<string, string>>;

/** The loads of sign-ins with a second factor, or with another one than a password. */
export function factorLoads({
  port,
  connections,
  data,
}: Target): Pick<Loads, 'totp' | 'email-code' | 'passkey' | 'device'> {
  const { poolId, clientId: ClientId, totpSecret, passkeys } = data.factors;
  const start = (
    AuthFlow: InputOf<'InitiateAuth'>['AuthFlow'],
    AuthParameters: Parameters,
    client = ClientId,
  ) =>
    sendOne<OutputOf<'InitiateAuth'>>(
      connections,
      unsigned('InitiateAuth', { ClientId: client, AuthFlow, AuthParameters }),
    );
  const respond = (input: InputOf<'RespondToAuthChallenge'>) =>
    sendOne<OutputOf<'RespondToAuthChallenge'>>(
      connections,
      unsigned('RespondToAuthChallenge', input),
    );
  const answer = async (
    { Session = '' }: OutputOf<'InitiateAuth'>,
    ChallengeName: InputOf<'RespondToAuthChallenge'>['ChallengeName'],
    ChallengeResponses: Parameters,
  ) => {
    const given = { ClientId, ChallengeName, Session, ChallengeResponses };
    const { AuthenticationResult } = await respond(given);
    if (AuthenticationResult === undefined) throw new Error(`${ChallengeName} was not the last`);
  };
  const onDevice = async (client: string, device: KeptDevice | undefined) => {
    if (device === undefined) throw new Error('nobody has a device');
    const named = { USERNAME: device.username, DEVICE_KEY: device.key };
    const asked = await start('USER_PASSWORD_AUTH', { ...named, PASSWORD }, client);
    const begun = await respond({
      ...{ ClientId: client, ChallengeName: 'DEVICE_SRP_AUTH', Session: asked.Session ?? '' },
      ChallengeResponses: { ...named, SRP_A },
    });
    const challenge = begun.ChallengeParameters as unknown as SrpChallenge;
    const { AuthenticationResult } = await respond({
      ...{ ClientId: client, ChallengeName: 'DEVICE_PASSWORD_VERIFIER' },
      ChallengeResponses: { ...answerSrp(sideOf(device), challenge), ...named },
    });
    if (AuthenticationResult === undefined) throw new Error('the device was not enough');
  };
  let devicePasswords: Promise<void> | undefined;
  const nextCode = unusedCodes(totpSecret);
  const withPassword = new Set<string>();
  let mailed = 0;

  return {
    async totp(count) {
      const codes: Awaited<ReturnType<typeof nextCode>>[] = [];
      while (codes.length < count) codes.push(await nextCode());
      const names = codes.map(({ username }) => username).filter((name) => !withPassword.has(name));
      await runAll(names.length, 8, (index) =>
        setPassword(port, connections, poolId, names[index] ?? ''),
      );
      for (const name of names) withPassword.add(name);
      return [
        {
          measured: true,
          async operate(index) {
            const { username: USERNAME, code } = codes[index] ?? (await nextCode());
            const asked = await start('USER_PASSWORD_AUTH', { USERNAME, PASSWORD });
            await answer(asked, 'SOFTWARE_TOKEN_MFA', { USERNAME, SOFTWARE_TOKEN_MFA_CODE: code });
          },
        },
      ];
    },
    async device() {
      const { clientId, devices, poolId: devicePool } = data.devices;
      devicePasswords ??= runAll(devices.length, 8, (index) =>
        setPassword(port, connections, devicePool, devices[index]?.username ?? ''),
      );
      await devicePasswords;
      const operate = (index: number) => onDevice(clientId, devices[index % devices.length]);
      return [{ measured: true, operate }];
    },
    'email-code'(count) {
      const first = mailed;
      mailed += count;
      const at = (index: number) => withAddress[(first + index) % withAddress.length];
      const asked: OutputOf<'InitiateAuth'>[] = [];
      const codes: string[] = [];
      return [
        {
          measured: true,
          async operate(index) {
            const USERNAME = at(index)?.username ?? '';
            asked[index] = await start('USER_AUTH', {
              ...{ USERNAME, PREFERRED_CHALLENGE: 'EMAIL_OTP' },
            });
          },
        },
        {
          measured: false,
          async operate(index) {
            const outbox = openOutbox(data);
            codes[index] = await outbox.codeFor(at(index)?.email ?? '');
            outbox.close();
          },
        },
        {
          measured: true,
          operate: (index) =>
            answer(asked[index] ?? {}, 'EMAIL_OTP', {
              ...{ USERNAME: at(index)?.username ?? '', EMAIL_OTP_CODE: codes[index] ?? '' },
            }),
        },
      ];
    },
    passkey: () => [
      {
        measured: true,
        async operate(index) {
          const passkey = passkeys[index % passkeys.length];
          if (passkey === undefined) throw new Error('nobody has a passkey');
          const USERNAME = passkey.username;
          const asked = await start('USER_AUTH', { USERNAME, PREFERRED_CHALLENGE: 'WEB_AUTHN' });
          const options = asked.ChallengeParameters?.['CREDENTIAL_REQUEST_OPTIONS'] ?? '';
          const { challenge } = JSON.parse(options) as { readonly challenge: string };
          const CREDENTIAL = JSON.stringify(usePasskey(passkey, challenge, port));
          await answer(asked, 'WEB_AUTHN', { USERNAME, CREDENTIAL });
        },
      },
    ],
  };
}

/** Codes of the authenticator applications in turn, each once: a server takes the present step and the next one, and no step again. */
function unusedCodes(secret: string) {
  const usedSteps = new Map<string, number>();
  let turn = 0;
  return async (): Promise<{ readonly username: string; readonly code: string }> => {
    for (;;) {
      for (let tried = 0; tried < withApplication.length; tried += 1) {
        const { username = '' } = withApplication[turn++ % withApplication.length] ?? {};
        const now = stepNow();
        const step = Math.max(now, (usedSteps.get(username) ?? 0) + 1);
        if (step > now + 1) continue;
        usedSteps.set(username, step);
        return { username, code: codeAt(secret, step) };
      }
      await delay(1_000);
    }
  };
}
