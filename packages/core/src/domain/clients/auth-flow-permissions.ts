import type { ExplicitAuthFlowsType } from '@poolhouse/model';
import type { Client } from './client.ts';

/** A flow that a client may use, under its current name. */
export type AllowedFlow = Extract<ExplicitAuthFlowsType, `ALLOW_${string}`>;

/** The flows of clients without ExplicitAuthFlows. Source: API model; behaviour.md 4.1. */
const byDefault: readonly AllowedFlow[] = [
  'ALLOW_REFRESH_TOKEN_AUTH',
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_CUSTOM_AUTH',
];

/** What each of the old values, before `ALLOW_...`, adds to the defaults. */
const legacy: Readonly<
  Record<Exclude<ExplicitAuthFlowsType, AllowedFlow>, readonly AllowedFlow[]>
> = {
  ADMIN_NO_SRP_AUTH: ['ALLOW_ADMIN_USER_PASSWORD_AUTH'],
  USER_PASSWORD_AUTH: ['ALLOW_USER_PASSWORD_AUTH'],
  CUSTOM_AUTH_FLOW_ONLY: [],
};

function isLegacy(flow: ExplicitAuthFlowsType): flow is keyof typeof legacy {
  return Object.hasOwn(legacy, flow);
}

/** Whether old and new names are mixed, which the API forbids. Source: behaviour.md 4.1. */
export function mixesFlowNames(flows: readonly ExplicitAuthFlowsType[]): boolean {
  return flows.some(isLegacy) && !flows.every(isLegacy);
}

/**
 * The flows that the client may use, under their current names: with old values, SRP, custom and refresh stay usable unless
 * CUSTOM_AUTH_FLOW_ONLY takes SRP away; no value at all means the defaults. Clients that rotate can refresh only with
 * GetTokensFromRefreshToken, because the flow would accept a token that was rotated out. Source: behaviour.md 4.1, 7.4.
 */
export function effectiveAuthFlows(client: Pick<Client, 'settings'>): ReadonlySet<AllowedFlow> {
  const allowed = statedFlows(client);
  if (rotates(client)) allowed.delete('ALLOW_REFRESH_TOKEN_AUTH');
  return allowed;
}

/** Whether the client gets a new refresh token with every use. Source: API model, RefreshTokenRotationType. */
export function rotates(client: Pick<Client, 'settings'>): boolean {
  return client.settings.RefreshTokenRotation?.Feature === 'ENABLED';
}

function statedFlows(client: Pick<Client, 'settings'>): Set<AllowedFlow> {
  const flows = client.settings.ExplicitAuthFlows ?? [];
  const [first] = flows;
  if (first !== undefined && !isLegacy(first)) {
    return new Set(flows.filter((flow): flow is AllowedFlow => !isLegacy(flow)));
  }
  const allowed = new Set<AllowedFlow>(byDefault);
  for (const flow of flows) if (isLegacy(flow)) legacy[flow].forEach((name) => allowed.add(name));
  if (flows.includes('CUSTOM_AUTH_FLOW_ONLY')) allowed.delete('ALLOW_USER_SRP_AUTH');
  return allowed;
}

/** Whether any flow of the client proves passwords by SRP, CUSTOM_AUTH included, which may begin with one. Source: behaviour.md 6.11. */
export function usesSrp(client: Pick<Client, 'settings'>): boolean {
  return allowsSrp(client) || effectiveAuthFlows(client).has('ALLOW_CUSTOM_AUTH');
}

/** Whether the client may prove passwords by SRP alone: directly, or as the first factor of choice-based sign-in. */
export function allowsSrp(client: Pick<Client, 'settings'>): boolean {
  const flows = effectiveAuthFlows(client);
  return flows.has('ALLOW_USER_SRP_AUTH') || flows.has('ALLOW_USER_AUTH');
}
