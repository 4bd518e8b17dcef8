import type { AttributeType, DeliveryMediumType } from '@poolhouse/model';

const ways = [
  ['EMAIL', 'email'],
  ['SMS', 'phone_number'],
] as const;

/**
 * The ways on which an invitation reaches a user. For one with no address it is mail, so that the server says what is missing:
 * without any wish it would make a new password and send it nowhere.
 */
export function waysTo(attributes: readonly AttributeType[]): readonly DeliveryMediumType[] {
  const has = (name: string) => attributes.some((one) => one.Name === name && Boolean(one.Value));
  const found = ways.flatMap(([medium, name]) => (has(name) ? [medium] : []));
  return found.length > 0 ? found : ['EMAIL'];
}
