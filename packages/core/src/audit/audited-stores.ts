import type { StoreName, Stores } from '../ports/stores/index.ts';
import { auditRules, type AuditedWrite } from './audit-rules.ts';
import type { Recorder } from './recorder.ts';

/** Has a write done with the recorder of a transaction. */
type Recording = (write: (audit: Recorder) => Promise<unknown>) => Promise<unknown>;

type Args = readonly unknown[];
type Methods = Readonly<Record<string, (...args: Args) => Promise<unknown>>>;
type MethodRules = Readonly<Record<string, string | AuditedWrite<Args, Promise<unknown>>>>;

/** Made once, so that a request makes only one small object for each audited store. */
const views = Object.entries(auditRules).map(([name, rules]) => ({
  name: name as StoreName,
  View: typeof rules === 'string' ? undefined : viewOf(name as StoreName, rules as MethodRules),
}));

/** The stores, with every write that the rules audit done by `recording`. */
export function auditedStores(stores: Stores, recording: Recording): Stores {
  const audited: Record<string, unknown> = {};
  for (const { name, View } of views) {
    audited[name] = View === undefined ? stores[name] : new View(stores, recording);
  }
  return audited as unknown as Stores;
}

/** A class with the store's methods: audited writes go by their rules, all else goes to the store itself. */
function viewOf(name: StoreName, rules: MethodRules) {
  class View {
    readonly stores: Stores;
    readonly recording: Recording;

    constructor(stores: Stores, recording: Recording) {
      this.stores = stores;
      this.recording = recording;
    }
  }
  for (const [method, rule] of Object.entries(rules)) {
    const value =
      typeof rule === 'string'
        ? function (this: View, ...args: Args) {
            return (this.stores[name] as unknown as Methods)[method]?.(...args);
          }
        : function (this: View, ...args: Args) {
            return this.recording((audit) => rule(audit, ...args));
          };
    Object.defineProperty(View.prototype, method, { value });
  }
  return View;
}
