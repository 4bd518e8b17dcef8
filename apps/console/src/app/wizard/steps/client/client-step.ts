import { Component, computed, inject } from '@angular/core';
import {
  customNames,
  READ_ONLY_ATTRIBUTES,
  readableOf,
  STANDARD_ATTRIBUTES,
  writableOf,
} from '../../draft/attributes';
import { DraftStore } from '../../draft/draft-store';
import { AttributeChips } from '../../pieces/attribute-chips';
import { Choice } from '../../pieces/choice';
import { Field } from '../../pieces/field';
import { clientProblems } from './problems';
import { clientTexts } from './texts';

/** The first application that may use the pool. */
@Component({
  selector: 'pc-client-step',
  imports: [AttributeChips, Choice, Field],
  templateUrl: './client-step.html',
  styleUrl: '../step.css',
})
export class ClientStep {
  protected readonly store = inject(DraftStore);
  protected readonly texts = clientTexts;
  /** On one's own computer, where `npm start` serves the starter application. */
  protected readonly exampleUrl = ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname)
    ? 'http://localhost:8401'
    : 'https://shop.example.com';
  protected readonly lifetimes = [
    { field: 'accessMinutes', label: this.texts.access, unit: 'minutes' },
    { field: 'idMinutes', label: this.texts.id, unit: 'minutes' },
    { field: 'refreshDays', label: this.texts.refresh, unit: 'days' },
  ] as const;
  protected readonly usual = computed(() => [
    'name',
    'email',
    'phone_number',
    'given_name',
    'family_name',
    ...customNames(this.store.choices()),
  ]);
  protected readonly mayWrite = computed(() => [
    ...STANDARD_ATTRIBUTES,
    ...customNames(this.store.choices()),
  ]);
  protected readonly mayRead = computed(() => [...this.mayWrite(), ...READ_ONLY_ATTRIBUTES]);
  protected readonly writable = computed(() => writableOf(this.store.choices()));
  protected readonly readable = computed(() => readableOf(this.store.choices()));

  protected setLifetime(field: (typeof this.lifetimes)[number]['field'], value: number): void {
    this.store.set({ [field]: value });
  }

  protected limitReading(limited: boolean): void {
    this.store.set({ readable: limited ? this.mayRead() : undefined });
  }

  protected problem(field: string): string {
    return this.store.problem(clientProblems, field);
  }
}
