import type { ResourceServer, ResourceServerStore } from '@poolhouse/core';
import { json, recordsOf, type RowOf } from '../sql/columns.ts';
import type { Sql } from '../sql/sql.ts';
import { NamedRecords } from './records/named-records.ts';

const { member, table } = recordsOf<ResourceServer>();

const records = table('resource_servers', {
  pool_id: member('poolId'),
  identifier: member('identifier'),
  name: member('name'),
  scopes: member('scopes', json()),
  created_at_ms: member('createdAtMs'),
  modified_at_ms: member('modifiedAtMs'),
});

/** Resource servers in SQL. */
export class SqlResourceServers
  extends NamedRecords<ResourceServer, RowOf<typeof records>>
  implements ResourceServerStore
{
  constructor(sql: Sql) {
    super(sql, {
      table: 'resource_servers',
      key: 'identifier',
      records,
      changeable: records.only('name', 'scopes', 'modified_at_ms'),
      kept: ({ poolId, identifier, createdAtMs }) => ({ poolId, identifier, createdAtMs }),
    });
  }
}
