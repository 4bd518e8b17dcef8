import { changeTags, requirePoolOfArn } from '../../directory/pools/tagged-pool.ts';
import { tagsProblem } from '../../domain/pools/tags.ts';
import { operation } from '../../operation.ts';

/** Adds tags to a pool; those of the same key are replaced. Source: API model, TagResource. */
export const tagResource = operation('TagResource', {
  needs: ['pools'],
  async run(cx, input) {
    const id = requirePoolOfArn(cx, input.ResourceArn);
    await changeTags(cx, id, (tags) => ({ ...tags, ...input.Tags }), tagsProblem);
    return {};
  },
});
