import { yes, type Telling } from '../../draft/fact.ts';
import { nameTexts } from './texts.ts';

/** The pool's name, protection and region. */
export const nameFacts: Telling = ({ name, protectedFromDeletion }, region) => [
  { label: 'Name', value: name.trim() || 'none yet' },
  { label: 'Protected from deletion', value: yes(protectedFromDeletion) },
  { label: nameTexts.region, value: region, fixed: true },
];
