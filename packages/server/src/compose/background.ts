import type { Clock, Storage, World } from '@poolhouse/core';
import type { ServerConfig } from '../config/config.ts';
import type { SmsSettings } from '../config/sms-settings.ts';
import { delivery } from '../delivery/delivery.ts';
import { chooseTransports, type Transport } from '../delivery/transport.ts';
import { damageWatch } from '../jobs/damage-watch.ts';
import { dueJobs } from '../jobs/due-jobs.ts';
import { purge } from '../jobs/purge.ts';
import { rewrap } from '../jobs/rewrap.ts';
import type { Work, WorkKind } from '../jobs/work.ts';

/** Background work that other parts also need. */
type Given = 'metrics' | 'names' | 'address' | 'audit';

/** Everything that runs beside the requests. */
export async function backgroundOf(
  config: ServerConfig,
  { storage, world }: { readonly storage: Storage; readonly world: World },
  given: Readonly<Record<Given, { readonly work: Work }>>,
): Promise<Readonly<Record<WorkKind, Work>>> {
  const { stores } = storage;
  const { vault, log, clock } = world;
  // Loaded only when needed, like everything that not every server uses: this keeps the start fast and idle memory low.
  const mail = config.mail && (await import('../adapters/smtp.ts')).makeSmtpTransport(config.mail);
  const sms = config.sms && (await smsTransportOf(config.sms, clock));
  const transports = chooseTransports(config.mode, { mail, sms }, log);
  const sending = { stores, vault, transports, clock, log };
  return {
    jobs: dueJobs({ storage, world }),
    mail: delivery(sending, 'EMAIL'),
    sms: delivery(sending, 'SMS'),
    metrics: given.metrics.work,
    purge: purge(stores, { clock, log }),
    rewrap: rewrap(vault, log),
    names: given.names.work,
    damage: damageWatch(storage, log),
    address: given.address.work,
    audit: given.audit.work,
  };
}

async function smsTransportOf(settings: SmsSettings, clock: Clock): Promise<Transport> {
  return settings.kind === 'sns'
    ? (await import('../adapters/sms/sns.ts')).makeSns(settings, { clock })
    : (await import('../adapters/sms/webhook.ts')).makeSmsWebhook(settings, { clock });
}
