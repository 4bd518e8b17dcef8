import { ownSignIn, sealedAnew, type AuditRules } from './audit-rule.ts';

/** What the audit records of what belongs to one user: devices, passkeys, events. */
export const rulesOfBelongings: Pick<AuditRules, 'devices' | 'passkeys' | 'authEvents'> = {
  devices: {
    get: 'reads',
    list: 'reads',
    async setRemembered(audit, ref, key, isRemembered, nowMs) {
      const changed = await audit.inner.devices.setRemembered(ref, key, isRemembered, nowMs);
      if (changed) {
        await audit.noteAbout(ref, { record: 'device', after: { key, remembered: isRemembered } });
      }
      return changed;
    },
    async delete(audit, ref, key) {
      const deleted = await audit.inner.devices.delete(ref, key);
      if (deleted) await audit.noteAbout(ref, { record: 'device', before: { key } });
      return deleted;
    },
    add: ownSignIn,
    noteUse: ownSignIn,
    reseal: sealedAnew,
  },
  passkeys: {
    list: 'reads',
    ofUser: 'reads',
    async delete(audit, ref, credentialId) {
      const passkeys = await audit.inner.passkeys.ofUser(ref);
      const before = passkeys.find((passkey) => passkey.credentialId === credentialId);
      const deleted = await audit.inner.passkeys.delete(ref, credentialId);
      if (deleted) {
        const { friendlyName: name = credentialId, relyingPartyId } = before ?? {};
        await audit.noteAbout(ref, { record: 'passkey', before: { name, relyingPartyId } });
      }
      return deleted;
    },
    add: 'not audited: registering a passkey is the user’s own doing',
    noteUse: ownSignIn,
  },
  authEvents: {
    put: ownSignIn,
    list: 'reads',
    async setFeedback(audit, ref, id, feedback) {
      const isThere = await audit.inner.authEvents.setFeedback(ref, id, feedback);
      if (isThere) {
        const after = { event: id, feedback: feedback.value };
        await audit.noteAbout(ref, { record: 'auth-event', after });
      }
      return isThere;
    },
    purge: 'not audited: removes what is too old to be kept',
  },
};
