import { readFileSync } from 'node:fs';

/** The user pool of this application. Both halves use it: this API, and the web application, which fetches it at `/config.json`. */
export interface Config {
  readonly region: string;
  readonly userPoolId: string;
  readonly clientId: string;
  /** Where Poolhouse answers. Without it this is an application of Amazon Cognito. */
  readonly endpoint?: string;
  /** The rules for passwords of a pool of Amazon Cognito, which a browser cannot ask for them. */
  readonly passwordPolicy?: Readonly<Record<string, number | boolean>>;
  /** `choice`: people choose how they sign in. The app client has to allow the flow USER_AUTH. */
  readonly signInFlow?: string;
  /** With that choice: whether a new account has a password, `required` (default), `optional` or `none`. */
  readonly signUpPassword?: string;
}

/** Reads the one configuration file. Throws where a setting is missing. */
export function readConfig(file: string | URL): Config {
  const config = JSON.parse(readFileSync(file, 'utf8')) as Partial<Config>;
  const { region, userPoolId, clientId, endpoint, ...more } = config;
  const { passwordPolicy, signInFlow, signUpPassword } = more;
  if (!region || !userPoolId || !clientId) {
    throw new Error(`${String(file)} has to name region, userPoolId and clientId.`);
  }
  return {
    region,
    userPoolId,
    clientId,
    ...(endpoint ? { endpoint } : {}),
    ...(passwordPolicy ? { passwordPolicy } : {}),
    ...(signInFlow ? { signInFlow } : {}),
    ...(signUpPassword ? { signUpPassword } : {}),
  };
}
