import type { ClientSecretDescriptorType } from '@poolhouse/model';
import type { ClientSecret } from './client.ts';

/** A secret of an app client as its operations show it, without its value. Source: API model, ClientSecretDescriptorType. */
export function toClientSecretDescriptor({
  id,
  createdAtMs,
}: ClientSecret): ClientSecretDescriptorType {
  return { ClientSecretId: id, ClientSecretCreateDate: createdAtMs };
}
