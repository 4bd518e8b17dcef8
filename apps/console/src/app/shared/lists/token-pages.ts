/** One page of a list whose pages are joined by tokens. */
export interface TokenPage<Item> {
  readonly items: readonly Item[];
  /** Which page this is, from 1. */
  readonly number: number;
  /** Place of the first item, from 0. */
  readonly from: number;
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
  /** Whether there may be more that no page shows. */
  readonly cut: boolean;
}

/** What the server answers for one page. */
export interface TokenAnswer<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
  readonly cut?: boolean;
}

/** Where a page begins. */
export interface Position {
  readonly token: string | undefined;
  readonly from: number;
}

/** The most pages that are passed to reach one whose token is not known: an address may ask for any number. */
const FARTHEST = 40;

/** Walks through a list of the API: it has tokens for the next page only, so the beginnings of all pages passed are kept. */
export class TokenPages<Item> {
  readonly #fetch: (token: string | undefined) => Promise<TokenAnswer<Item>>;
  /** Where the pages begin that are known, in their order. */
  #trail: Position[] = [{ token: undefined, from: 0 }];

  constructor(fetch: (token: string | undefined) => Promise<TokenAnswer<Item>>) {
    this.#fetch = fetch;
  }

  /** Goes on with what another walk through the same list has found, and leaves its own there. */
  follow(trail: Position[]): this {
    if (trail.length === 0) trail.push(...this.#trail);
    this.#trail = trail;
    return this;
  }

  /** Asks for a page anew; where there are not as many, for the last one that is found on the way. */
  async page(number: number): Promise<TokenPage<Item>> {
    const most = this.#trail.length + FARTHEST;
    while (this.#trail.length < Math.min(number, most)) {
      const page = await this.#at(this.#trail.length);
      if (!page.hasNext) return page;
    }
    return this.#at(Math.min(number, this.#trail.length));
  }

  async #at(number: number): Promise<TokenPage<Item>> {
    const { token, from } = this.#trail[number - 1] ?? { token: undefined, from: 0 };
    const { items, next, cut = false } = await this.#fetch(token);
    if (next === undefined) this.#trail.length = number;
    else this.#trail[number] = { token: next, from: from + items.length };
    return { items, number, from, hasPrevious: number > 1, hasNext: next !== undefined, cut };
  }
}
