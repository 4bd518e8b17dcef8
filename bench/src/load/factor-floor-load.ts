import type { Loads } from './scenario.ts';
import type { Prepared } from './send.ts';

/** What a first request of the floor answers. */
interface Asked {
  readonly state: string;
  readonly code?: string;
  readonly block?: string;
  readonly assertion?: object;
}

/** The loads of sign-ins with a second factor, or with another one than a password, on the floor. */
export function factorFloorLoads(
  send: <Output = unknown>(request: Prepared) => Promise<Output>,
  post: (path: string, input: object) => Prepared,
  someone: (index: number) => string,
  password: string,
): Pick<Loads, 'totp' | 'email-code' | 'passkey' | 'device'> {
  return {
    totp: () => [
      {
        measured: true,
        async operate(index) {
          const input = { name: someone(index), password };
          const { state } = await send<Asked>(post('totp-start', input));
          await send(post('totp-finish', { state, code: '123456' }));
        },
      },
    ],
    device: () => [
      {
        measured: true,
        async operate(index) {
          const input = { name: someone(index), password };
          const { state } = await send<Asked>(post('totp-start', input));
          const { block } = await send<Asked>(post('device-ask', { state, clientHex: '02' }));
          await send(post('device-finish', { block }));
        },
      },
    ],
    'email-code'() {
      const asked: Asked[] = [];
      return [
        {
          measured: true,
          async operate(index) {
            asked[index] = await send<Asked>(post('code-start', { name: someone(index) }));
          },
        },
        {
          measured: true,
          operate: (index) => {
            const { state, code } = asked[index] ?? {};
            return send(post('code-finish', { state, code }));
          },
        },
      ];
    },
    passkey: () => [
      {
        measured: true,
        async operate(index) {
          const { state, assertion } = await send<Asked>(
            post('passkey-start', { name: someone(index) }),
          );
          await send(post('passkey-finish', { state, ...assertion }));
        },
      },
    ],
  };
}
