/** One page of a list whose pages are joined by tokens. */
export interface TokenPage<Item> {
  readonly items: readonly Item[];
  /** Place of the first item, from 0. */
  readonly from: number;
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
}

interface Position {
  readonly token: string | undefined;
  readonly from: number;
}

/** Walks through a list of the API: it has tokens for the next page only, so those behind are kept. */
export class TokenPages<Item> {
  readonly #fetch: (
    token: string | undefined,
  ) => Promise<{ readonly items: readonly Item[]; readonly next: string | undefined }>;
  readonly #before: Position[] = [];
  #here: Position = { token: undefined, from: 0 };
  #next: Position | undefined;

  constructor(
    fetch: (
      token: string | undefined,
    ) => Promise<{ readonly items: readonly Item[]; readonly next: string | undefined }>,
  ) {
    this.#fetch = fetch;
  }

  /** The page that one is on, asked for anew. */
  async current(): Promise<TokenPage<Item>> {
    const { token, from } = this.#here;
    const { items, next } = await this.#fetch(token);
    this.#next = next === undefined ? undefined : { token: next, from: from + items.length };
    return {
      items,
      from,
      hasPrevious: this.#before.length > 0,
      hasNext: this.#next !== undefined,
    };
  }

  /** Goes one page on, if there is one. */
  async next(): Promise<TokenPage<Item>> {
    if (this.#next !== undefined) {
      this.#before.push(this.#here);
      this.#here = this.#next;
    }
    return this.current();
  }

  /** Goes one page back, if there is one. */
  async previous(): Promise<TokenPage<Item>> {
    this.#here = this.#before.pop() ?? this.#here;
    return this.current();
  }
}
