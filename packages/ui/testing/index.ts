export { ButtonHarness } from './button.ts';
export { ChoiceHarness } from './choice.ts';
export { FieldHarness } from './field.ts';
export { CodeHarness, MenuHarness, SearchHarness, SegmentsHarness } from './groups.ts';
export {
  ChipHarness,
  DialogHarness,
  EmptyHarness,
  FactsHarness,
  NoticeHarness,
  RulesHarness,
  SkeletonHarness,
  ToastHarness,
} from './said.ts';
export { RowHarness, TableHarness } from './table.ts';
export { words } from './words.ts';
