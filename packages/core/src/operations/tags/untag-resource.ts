import { changeTags, requirePoolOfArn } from '../../pools/tagged-pool.ts';
import { operation } from '../../operation.ts';

/** Takes tags off a pool; keys that it lacks are no error. Source: API model, UntagResource. */
export const untagResource = operation('UntagResource', {
  needs: ['pools'],
  async run(ctx, input) {
    const id = requirePoolOfArn(ctx, input.ResourceArn);
    const dropped = new Set(input.TagKeys);
    await changeTags(ctx, id, (tags) =>
      Object.fromEntries(Object.entries(tags).filter(([key]) => !dropped.has(key))),
    );
    return {};
  },
});
