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
}

/** Reads the one configuration file. Throws where a setting is missing. */
export function readConfig(file: string | URL): Config {
  const config = JSON.parse(readFileSync(file, 'utf8')) as Partial<Config>;
  const { region, userPoolId, clientId, endpoint, passwordPolicy } = config;
  if (!region || !userPoolId || !clientId) {
    throw new Error(`${String(file)} has to name region, userPoolId and clientId.`);
  }
  return {
    region,
    userPoolId,
    clientId,
    ...(endpoint ? { endpoint } : {}),
    ...(passwordPolicy ? { passwordPolicy } : {}),
  };
}
