import type { UserPoolClientDescription, UserPoolClientType } from '@poolhouse/model';
import type { Client } from './client.ts';

/** An app client as its operations answer it, with its newest secret where it has one. Source: behaviour.md 4.1. */
export function toUserPoolClientType(
  client: Client,
  secret: string | undefined,
): UserPoolClientType {
  return {
    ...client.settings,
    UserPoolId: client.poolId,
    ClientId: client.id,
    ClientName: client.name,
    ClientSecret: secret,
    CreationDate: client.createdAtMs,
    LastModifiedDate: client.modifiedAtMs,
  };
}

/** An app client as ListUserPoolClients answers it: never with a secret. Source: behaviour.md 4.1. */
export function toUserPoolClientDescription(client: Client): UserPoolClientDescription {
  return { ClientId: client.id, UserPoolId: client.poolId, ClientName: client.name };
}
