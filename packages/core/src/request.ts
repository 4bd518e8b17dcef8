import type { ContextDataType } from '@poolhouse/model';

/** Who sends a request, as far as HTTP could prove it. */
export type Caller =
  | {
      readonly kind: 'anyone';
      /** Network address that the request came from, as far as it can be told. */
      readonly source?: string;
    }
  | {
      /** A signed request, an administrator who is signed in at the console, or the server for somebody at its machine. */
      readonly kind: 'access-key' | 'administrator' | 'server';
      /** The access key's id, the administrator's user name, or what the server does: `declaration`, `command line`. */
      readonly id: string;
      /** The region that the request is for: of the signature's credential scope, or chosen in the console. */
      readonly region: string;
      /** Pools that the caller may act on; `undefined` means all. */
      readonly pools?: readonly string[];
      /** Network address that the request came from. */
      readonly source?: string;
    };

/** What a request says beside its matter, for functions of pools' owners, for risk and for sessions. Nobody has proved any of it. */
export interface RequestFacts {
  readonly clientMetadata?: Readonly<Record<string, string>>;
  /** What the request says of the user's device: UserContextData of apps, ContextData of back ends. */
  readonly contextData?: Readonly<Partial<ContextDataType>>;
  /** The program that sent the request, by its own account; bounded. */
  readonly userAgent?: string;
}
