import type { Migration } from './migration.ts';

/** Each person's half of the key to what the audit says about them, and where the audit begins after old entries were removed. */
export const sealedAudit: Migration = {
  version: 3,
  name: 'sealed-audit',
  statements({ text, bigint, int }) {
    return [
      `ALTER TABLE users ADD COLUMN audit_salt ${text}`,
      `CREATE TABLE audit_floor (id ${int} PRIMARY KEY, number ${bigint} NOT NULL, hash ${text} NOT NULL, mac ${text} NOT NULL)`,
      `INSERT INTO audit_floor (id, number, hash, mac) VALUES (1, 0, '', '')`,
    ];
  },
};
