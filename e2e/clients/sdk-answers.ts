/** What tests examine in answers of the AWS SDK for JavaScript. */
import assert from 'node:assert/strict';
import type { ServiceOutputTypes } from '@aws-sdk/client-cognito-identity-provider';

/** Every page's items of a paginator, which must have needed several pages. */
export async function collected<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  let count = 0;
  for await (const page of pages) {
    items.push(...(itemsOf(page) ?? []));
    count += 1;
  }
  assert(count > 1, 'all fitted on one page');
  return items;
}

/** The output of an operation, without the SDK's own metadata. */
export async function outputOf<Output extends ServiceOutputTypes>(
  answer: Promise<Output>,
): Promise<Omit<Output, '$metadata'>> {
  const { $metadata, ...output } = await answer;
  assert.equal($metadata.httpStatusCode, 200);
  assert.equal($metadata.attempts, 1);
  assert.match($metadata.requestId ?? '', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  return output;
}

/** Members without a value are absent: `null` would contradict the SDK's types. */
export function assertNothingIsNull(value: unknown): boolean {
  assert.notEqual(value, null);
  if (typeof value === 'object' && value !== null)
    Object.values(value).forEach(assertNothingIsNull);
  return true;
}
