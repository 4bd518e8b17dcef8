import type { Type } from '@angular/core';
import type { Telling } from '../draft/fact.ts';
import { problemsOf, type Check } from '../draft/problem.ts';
import type { Draft } from '../draft/draft.ts';
import { attributesFacts } from './attributes/facts.ts';
import { attributesProblems } from './attributes/problems.ts';
import { attributesTexts } from './attributes/texts.ts';
import { clientFacts } from './client/facts.ts';
import { clientProblems } from './client/problems.ts';
import { clientTexts } from './client/texts.ts';
import { mfaFacts } from './mfa/facts.ts';
import { mfaProblems } from './mfa/problems.ts';
import { mfaTexts } from './mfa/texts.ts';
import { messagesFacts } from './messages/facts.ts';
import { messagesProblems } from './messages/problems.ts';
import { messagesTexts } from './messages/texts.ts';
import { nameFacts } from './name/facts.ts';
import { nameProblems } from './name/problems.ts';
import { nameTexts } from './name/texts.ts';
import { policiesFacts } from './policies/facts.ts';
import { policiesProblems } from './policies/problems.ts';
import { policiesTexts } from './policies/texts.ts';
import { tagsFacts } from './tags/facts.ts';
import { tagsProblems } from './tags/problems.ts';
import { tagsTexts } from './tags/texts.ts';

/** A step: all that the frame, the routes, the summary and the review know of it. */
export interface Step {
  /** The last part of its address. */
  readonly id: string;
  /** What it is called. */
  readonly title: string;
  /** Its page. */
  readonly load: () => Promise<Type<unknown>>;
  readonly problems: Check;
  readonly facts: Telling;
  /** How many of its facts, from the first on, matter so much that the summary beside the steps has them. */
  readonly mainFacts: number;
  /** What to know about it; stands beside it. */
  readonly note: { readonly title: string; readonly text: string };
  /** What its choices are of. */
  readonly makes: 'pool' | 'client';
  /** What its button to go on says, where it does not say the usual. */
  readonly goOn?: string;
}

/** The steps in their order. A new step is one more entry here. */
export const STEPS: readonly [Step, ...Step[]] = [
  {
    id: 'name',
    title: nameTexts.step,
    load: () => import('./name/name-step').then((m) => m.NameStep),
    problems: nameProblems,
    facts: nameFacts,
    mainFacts: 1,
    note: nameTexts.note,
    makes: 'pool',
    goOn: nameTexts.through.title,
  },
  {
    id: 'attributes',
    title: attributesTexts.step,
    load: () => import('./attributes/attributes-step').then((m) => m.AttributesStep),
    problems: attributesProblems,
    facts: attributesFacts,
    mainFacts: 4,
    note: attributesTexts.note,
    makes: 'pool',
  },
  {
    id: 'policies',
    title: policiesTexts.step,
    load: () => import('./policies/policies-step').then((m) => m.PoliciesStep),
    problems: policiesProblems,
    facts: policiesFacts,
    mainFacts: 2,
    note: policiesTexts.note,
    makes: 'pool',
  },
  {
    id: 'mfa',
    title: mfaTexts.step,
    load: () => import('./mfa/mfa-step').then((m) => m.MfaStep),
    problems: mfaProblems,
    facts: mfaFacts,
    mainFacts: 2,
    note: mfaTexts.note,
    makes: 'pool',
  },
  {
    id: 'messages',
    title: messagesTexts.step,
    load: () => import('./messages/messages-step').then((m) => m.MessagesStep),
    problems: messagesProblems,
    facts: messagesFacts,
    mainFacts: 1,
    note: messagesTexts.note,
    makes: 'pool',
  },
  {
    id: 'tags',
    title: tagsTexts.step,
    load: () => import('./tags/tags-step').then((m) => m.TagsStep),
    problems: tagsProblems,
    facts: tagsFacts,
    mainFacts: 0,
    note: tagsTexts.note,
    makes: 'pool',
  },
  {
    id: 'client',
    title: clientTexts.step,
    load: () => import('./client/client-step').then((m) => m.ClientStep),
    problems: clientProblems,
    facts: clientFacts,
    mainFacts: 4,
    note: clientTexts.note,
    makes: 'client',
  },
];

/** The first step that is not done. */
export function firstOpenStep({ choices }: Draft, region: string): Step | undefined {
  return STEPS.find(({ problems }) => problemsOf(problems, choices, region).length > 0);
}
