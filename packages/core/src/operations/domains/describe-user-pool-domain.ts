import { operation } from '../../operation.ts';

/**
 * Shows a domain. No pool has one yet, and the service describes an unknown domain as an empty one instead of refusing.
 * Source: API model, DescribeUserPoolDomain; behaviour.md 3.4.
 */
export const describeUserPoolDomain = operation('DescribeUserPoolDomain', {
  needs: [],
  run: async () => ({ DomainDescription: {} }),
});
