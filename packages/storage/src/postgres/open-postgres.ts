import type { Log } from '@poolhouse/core';
import type { Database } from '../sql.ts';
export declare function openPostgres(url: string, log?: Log): Promise<Database>;
