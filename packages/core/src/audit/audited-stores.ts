import { storeViews } from '../ports/stores/store-views.ts';
import { auditRules } from './audit-rules.ts';
import type { Recorder } from './recorder.ts';

/** The stores, with every write that the rules audit done with the recorder of a transaction. */
export const auditedStores = storeViews<Recorder>(auditRules);
