/** Texts of the step of tags, ready to be translated. */
export const tagsTexts = {
  step: 'Tags',
  title: 'Labels for your own bookkeeping',
  hint: 'Tags say what a pool belongs to: a product, a stage, a cost centre. They have no effect on signing in.',
  key: 'Name',
  value: 'Value',
  add: 'Add a tag',
  remove: 'Remove',
  none: 'No tags. That is fine.',
  note: {
    title: 'Can be changed later',
    text: 'Up to 50 tags. Tools that work with AWS tags read these, too.',
  },
} as const;
