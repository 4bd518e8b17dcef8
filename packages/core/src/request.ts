import type { ContextDataType } from '@poolhouse/model';

/** Who sent a request, as far as HTTP could prove it. */
export type Caller =
  | {
      readonly kind: 'anyone';
      /** Network address that the request came from, as far as it can be told. */
      readonly source?: string;
    }
  | {
      /** A signed request, an administrator who is signed in at the console, or the server for somebody at its machine. */
      readonly kind: 'access-key' | 'administrator' | 'server';
      /** The access key's id, the administrator's user name, or why the server acts: `declaration`, `command line`. */
      readonly id: string;
      /** The region that the request is for: from the signature's credential scope, or chosen in the console. */
      readonly region: string;
      /** Pools that the caller may act on; `undefined` means all. */
      readonly pools?: readonly string[];
      /** Network address that the request came from. */
      readonly source?: string;
    };

/** The circumstances of a request, for functions of pools' owners, for risk and for sessions. None of it is verified. */
export interface RequestFacts {
  readonly clientMetadata?: Readonly<Record<string, string>>;
  /** What the request says about the user's device: UserContextData of apps, ContextData of back ends. */
  readonly contextData?: Readonly<Partial<ContextDataType>>;
  /** The program that sent the request, as it calls itself; bounded. */
  readonly userAgent?: string;
}
