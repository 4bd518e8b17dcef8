import type { SearchAttribute, UserFilter } from '../ports/stores/users.ts';

/** The meaning of a filter text; `everybody` for an empty one, `problem` in the service's words. */
export type ParsedFilter =
  | { readonly kind: 'everybody' }
  | { readonly kind: 'filter'; readonly filter: UserFilter }
  | { readonly kind: 'problem'; readonly message: string };

/** Source: behaviour.md 10 and API model, ListUsersRequest. */
const searchable: ReadonlySet<string> = new Set<SearchAttribute>([
  'username',
  'email',
  'phone_number',
  'name',
  'given_name',
  'family_name',
  'preferred_username',
  'cognito:user_status',
  'status',
  'sub',
]);

const unreadable: ParsedFilter = { kind: 'problem', message: 'Error while parsing filter.' };

/**
 * Parses ListUsers' `Filter`: `name = "value"` or `name ^= "value"`, with or without quotes around the name. A single pass, so that no text
 * takes long. Source: behaviour.md 10.
 */
export function parseUserFilter(text: string): ParsedFilter {
  const reader = new FilterReader(text);
  reader.skipSpace();
  if (reader.atEnd()) return { kind: 'everybody' };
  const name = reader.quoted() ?? reader.bareName();
  reader.skipSpace();
  const match = reader.takes('^=') ? 'starts-with' : reader.takes('=') ? 'equals' : undefined;
  reader.skipSpace();
  const value = reader.quoted();
  reader.skipSpace();
  if (!name || match === undefined || value === undefined || !reader.atEnd()) return unreadable;
  if (!isSearchable(name)) {
    // Custom attributes have a text of their own. Source: settings.md 5.7.
    const isCustom = name.startsWith('custom:') || name.startsWith('dev:');
    return {
      kind: 'problem',
      message: isCustom
        ? 'Input fails to satisfy the constraints.'
        : `Invalid search attribute: ${name}`,
    };
  }
  return { kind: 'filter', filter: { attribute: name, match, value } };
}

function isSearchable(name: string): name is SearchAttribute {
  return searchable.has(name);
}

class FilterReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  skipSpace(): void {
    while (!this.atEnd() && /\s/.test(this.#text.charAt(this.#at))) this.#at += 1;
  }

  takes(mark: string): boolean {
    const found = this.#text.startsWith(mark, this.#at);
    if (found) this.#at += mark.length;
    return found;
  }

  /** Up to the operator or a space. */
  bareName(): string {
    const from = this.#at;
    while (!this.atEnd() && !/[\s"=^]/.test(this.#text.charAt(this.#at))) this.#at += 1;
    return this.#text.slice(from, this.#at);
  }

  /** A text in quotation marks, in which a backslash escapes the next character; `undefined` if there is none here. */
  quoted(): string | undefined {
    if (!this.takes('"')) return undefined;
    let value = '';
    while (!this.atEnd()) {
      if (this.takes('"')) return value;
      this.takes('\\');
      value += this.#text.charAt(this.#at);
      this.#at += 1;
    }
    return undefined;
  }
}
