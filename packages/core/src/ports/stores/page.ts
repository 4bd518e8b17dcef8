/** One page of a list in a stable order. `after` is the key of the last item, absent on the last page. */
export interface Page<Item, Key> {
  readonly items: readonly Item[];
  readonly after?: Key;
}
