import { listTagsForResource } from './list-tags-for-resource.ts';
import { tagResource } from './tag-resource.ts';
import { untagResource } from './untag-resource.ts';

/** The built operations of this area, by name. */
export const tagsOperations = {
  ListTagsForResource: listTagsForResource,
  TagResource: tagResource,
  UntagResource: untagResource,
};
