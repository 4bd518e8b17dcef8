import { changeTags, requirePoolOfArn } from '../../pools/tagged-pool.ts';
import { tagsProblem } from '../../domain/pools/tags.ts';
import { operation } from '../../operation.ts';

/** Adds tags to a pool; those of the same key are replaced. Source: API model, TagResource. */
export const tagResource = operation('TagResource', {
  needs: ['pools'],
  async run(ctx, input) {
    const id = requirePoolOfArn(ctx, input.ResourceArn);
    await changeTags(ctx, id, (tags) => ({ ...tags, ...input.Tags }), tagsProblem);
    return {};
  },
});
