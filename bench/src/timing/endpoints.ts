import type { InputOf, OutputOf } from '@poolhouse/model';
import type { Person } from '../data/people.ts';
import { unsigned } from '../load/aws-json.ts';
import { freshName } from '../load/fresh-name.ts';
import type { Prepared } from '../load/send.ts';
import { answerSrp, SRP_A, type SrpChallenge } from '../load/srp-side.ts';
import { deviceKeyOf, type Kind, type TimingData } from './timing-data.ts';

/** Nobody's. */
const WRONG_PASSWORD = 'Wrong-Passw0rd!';
const NEW_PASSWORD = 'Other-Passw0rd!';
/** Right once in a million times. */
const WRONG_CODE = { first: '00000000', other: '000000' } as const;

/** What an endpoint is asked with. */
export interface Asking {
  readonly data: TimingData;
  /** Sends what leads to the request that is timed. */
  send<Output>(request: Prepared): Promise<Output>;
}

/** A request that must not tell users from people who are none. */
export interface Endpoint {
  readonly key: string;
  readonly title: string;
  /** The users that it is asked about; each is asked about once. */
  readonly kind: Exclude<Kind, 'nobody'>;
  /** Of the app client that tells who exists: the measure must show it. */
  readonly isControl?: true;
  /** The request about a person. What it needs before is sent and not timed. */
  prepare(asking: Asking, person: Person): Promise<Prepared> | Prepared;
}

type Parameters = Readonly<Record<string, string>>;

function start(ClientId: string, AuthFlow: InputOf<'InitiateAuth'>['AuthFlow'], given: Parameters) {
  return unsigned('InitiateAuth', { ClientId, AuthFlow, AuthParameters: given });
}

const byPassword = (ClientId: string, { username }: Person) =>
  start(ClientId, 'USER_PASSWORD_AUTH', { USERNAME: username, PASSWORD: WRONG_PASSWORD });

const bySrp = ({ data }: Asking, { username }: Person) =>
  start(data.clientId, 'USER_SRP_AUTH', { USERNAME: username, SRP_A });

const onDevice = (person: Person) => ({ DEVICE_KEY: deviceKeyOf(person) });

const byChoice = ({ data }: Asking, { username }: Person, more: Parameters = {}) =>
  start(data.clientId, 'USER_AUTH', { USERNAME: username, ...more });

async function wrongSrp(asking: Asking, person: Person, more: Parameters = {}): Promise<Prepared> {
  const { clientId: ClientId, poolId } = asking.data;
  const { ChallengeParameters = {} } = await asking.send<OutputOf<'InitiateAuth'>>(
    bySrp(asking, person),
  );
  const username = ChallengeParameters['USER_ID_FOR_SRP'] ?? '';
  const challenge = ChallengeParameters as unknown as SrpChallenge;
  const answer = answerSrp({ poolId, username, password: WRONG_PASSWORD }, challenge);
  const ChallengeResponses = { ...answer, ...more };
  const ChallengeName = 'PASSWORD_VERIFIER';
  return unsigned('RespondToAuthChallenge', { ClientId, ChallengeName, ChallengeResponses });
}

/** The answer to a challenge that USER_AUTH asks. */
async function answered(
  asking: Asking,
  person: Person,
  more: Parameters,
  ChallengeName: InputOf<'RespondToAuthChallenge'>['ChallengeName'],
  answer: Parameters,
): Promise<Prepared> {
  const { Session } = await asking.send<OutputOf<'InitiateAuth'>>(byChoice(asking, person, more));
  return unsigned('RespondToAuthChallenge', {
    ClientId: asking.data.clientId,
    ChallengeName,
    Session: Session ?? '',
    ChallengeResponses: { USERNAME: person.username, ...answer },
  });
}

const named = ({ data }: Asking, { username }: Person) => ({
  ClientId: data.clientId,
  Username: username,
});

const resend = (asking: Asking, person: Person) =>
  unsigned('ResendConfirmationCode', named(asking, person));

const forgot = (asking: Asking, person: Person) =>
  unsigned('ForgotPassword', named(asking, person));

const confirm = (asking: Asking, person: Person) =>
  unsigned('ConfirmSignUp', {
    ...named(asking, person),
    ConfirmationCode: WRONG_CODE.other,
  });

/**
 * What is timed, in this order: codes are asked for before they are guessed, and the client that tells comes last, because what it counts about
 * users alone is in their rows. A user is found wrong by six requests; the lock that the fifth of
 * them starts lasts a second, which is over before the sixth in all but the shortest runs. Not here is what tells by its answer, as on the
 * service: a sign-up with somebody's user name, and a passkey as the preferred challenge of somebody who has one.
 */
export const endpoints: readonly Endpoint[] = [
  {
    key: 'password',
    title: 'wrong password',
    kind: 'confirmed',
    prepare: ({ data }, person) => byPassword(data.clientId, person),
  },
  { key: 'srp', title: 'SRP, start', kind: 'confirmed', prepare: bySrp },
  {
    key: 'srp-answer',
    title: 'SRP, wrong answer',
    kind: 'confirmed',
    prepare: (asking, person) => wrongSrp(asking, person),
  },
  {
    key: 'choice',
    title: 'USER_AUTH, choice',
    kind: 'confirmed',
    prepare: (asking, person) => byChoice(asking, person),
  },
  {
    key: 'device-password',
    title: 'wrong password, on a device',
    kind: 'confirmed',
    prepare: ({ data }, person) =>
      start(data.clientId, 'USER_PASSWORD_AUTH', {
        ...{ USERNAME: person.username, PASSWORD: WRONG_PASSWORD },
        ...onDevice(person),
      }),
  },
  {
    key: 'device-srp-answer',
    title: 'SRP, wrong answer, on a device',
    kind: 'confirmed',
    prepare: (asking, person) => wrongSrp(asking, person, onDevice(person)),
  },
  {
    key: 'device-choice',
    title: 'USER_AUTH, choice, on a device',
    kind: 'confirmed',
    prepare: (asking, person) => byChoice(asking, person, onDevice(person)),
  },
  {
    key: 'preferred-email',
    title: 'USER_AUTH, preferred email code',
    kind: 'confirmed',
    prepare: (asking, person) => byChoice(asking, person, { PREFERRED_CHALLENGE: 'EMAIL_OTP' }),
  },
  {
    key: 'preferred-passkey',
    title: 'USER_AUTH, preferred passkey, none there',
    kind: 'confirmed',
    prepare: (asking, person) => byChoice(asking, person, { PREFERRED_CHALLENGE: 'WEB_AUTHN' }),
  },
  {
    key: 'chosen-email',
    title: 'USER_AUTH, email code chosen',
    kind: 'confirmed',
    prepare: (asking, person) =>
      answered(asking, person, {}, 'SELECT_CHALLENGE', { ANSWER: 'EMAIL_OTP' }),
  },
  {
    key: 'email-answer',
    title: 'USER_AUTH, wrong email code',
    kind: 'confirmed',
    prepare: (asking, person) =>
      answered(asking, person, { PREFERRED_CHALLENGE: 'EMAIL_OTP' }, 'EMAIL_OTP', {
        EMAIL_OTP_CODE: WRONG_CODE.first,
      }),
  },
  { key: 'forgot', title: 'ForgotPassword', kind: 'confirmed', prepare: forgot },
  {
    key: 'reset',
    title: 'ConfirmForgotPassword, wrong code',
    kind: 'confirmed',
    prepare: (asking, person) =>
      unsigned('ConfirmForgotPassword', {
        ...named(asking, person),
        ConfirmationCode: WRONG_CODE.other,
        Password: NEW_PASSWORD,
      }),
  },
  { key: 'resend', title: 'ResendConfirmationCode', kind: 'unconfirmed', prepare: resend },
  {
    key: 'resend-confirmed',
    title: 'ResendConfirmationCode, confirmed',
    kind: 'confirmed',
    prepare: resend,
  },
  { key: 'confirm', title: 'ConfirmSignUp, wrong code', kind: 'unconfirmed', prepare: confirm },
  {
    key: 'forgot-unconfirmed',
    title: 'ForgotPassword, unconfirmed',
    kind: 'unconfirmed',
    prepare: forgot,
  },
  {
    key: 'sign-up',
    title: "SignUp with a user's address",
    kind: 'confirmed',
    prepare: ({ data }, { email }) =>
      unsigned('SignUp', {
        ClientId: data.clientId,
        Username: freshName(),
        Password: NEW_PASSWORD,
        UserAttributes: [{ Name: 'email', Value: email }],
      }),
  },
  {
    key: 'control',
    title: 'wrong password, client that tells',
    kind: 'confirmed',
    isControl: true,
    prepare: ({ data }, person) => byPassword(data.tellingClientId, person),
  },
];
