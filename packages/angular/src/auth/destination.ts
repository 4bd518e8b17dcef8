import type { CodeDelivery } from '../pool/wire';

/** Where a message was sent. */
export interface Destination {
  readonly medium: 'email' | 'sms' | 'unknown';
  /** Masked by the pool: `a***@e***`. */
  readonly address: string;
  /** The attribute that the message confirms. */
  readonly attribute?: string;
}

/** Reads where the pool sent a message. */
export function destinationOf(delivery: CodeDelivery | undefined): Destination | undefined {
  if (!delivery) return undefined;
  const { Destination: address = '', DeliveryMedium: medium, AttributeName: attribute } = delivery;
  return {
    medium: medium === 'EMAIL' ? 'email' : medium === 'SMS' ? 'sms' : 'unknown',
    address,
    ...(attribute !== undefined && { attribute }),
  };
}
