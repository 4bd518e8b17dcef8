import { storeViews } from '../ports/stores/store-views.ts';
import { auditRules } from './audit-rules.ts';
import type { Recorder } from './recorder.ts';

/** The stores, in which every write that the rules audit goes through the recorder of a transaction. */
export const auditedStores = storeViews<Recorder>(auditRules);
