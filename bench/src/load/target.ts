import type { ProductData } from '../data/product-data.ts';
import type { Connections } from './send.ts';

/** A running product with its data. */
export interface Target {
  readonly port: number;
  readonly connections: Connections;
  readonly data: ProductData;
  /** How far the list of all users is walked before its pages are measured. */
  readonly pagesAtMost: number;
}
