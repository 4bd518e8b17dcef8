import { Component, computed, inject, input, output, signal } from '@angular/core';
import type { AttributeDataType, SchemaAttributeType } from '@poolhouse/model';
import { ConsoleApi } from '../api/console-api';
import { Busy } from '../shared/dialogs/busy';
import { typeNames } from '../shared/glossary.ts';
import { manageTexts } from '../shared/manage-texts';
import { Modal } from '../shared/dialogs/modal';
import { Needs } from '../shared/pieces/needs';
import { sharedTexts } from '../shared/texts';
import { Toasts } from '../shared/dialogs/toasts';
import { addInput, customProblem, type CustomAttribute } from './custom-attribute.ts';
import { customProblems, settingsTexts } from './texts';

const FRESH: CustomAttribute = { name: '', type: 'String', least: '', most: '', mutable: true };

/** The custom attributes of a pool, and adding one for good. */
@Component({
  selector: 'pc-custom-attributes',
  imports: [Modal, Needs],
  templateUrl: './custom-attributes.html',
})
export class CustomAttributes {
  readonly #api = inject(ConsoleApi);
  readonly #toasts = inject(Toasts);
  readonly poolId = input.required<string>();
  readonly schema = input.required<readonly SchemaAttributeType[]>();
  readonly added = output();

  protected readonly texts = settingsTexts;
  protected readonly manage = manageTexts;
  protected readonly shared = sharedTexts;
  protected readonly typeNames = typeNames;
  protected readonly types: readonly AttributeDataType[] = [
    'String',
    'Number',
    'Boolean',
    'DateTime',
  ];
  protected readonly own = computed(() => this.schema().filter(({ Name }) => Name?.includes(':')));
  protected readonly adding = signal(false);
  protected readonly values = signal(FRESH);
  protected readonly busy = new Busy();
  readonly #tried = signal(false);
  protected readonly problem = computed(() => {
    const problem = customProblem(this.values(), this.schema());
    return problem !== undefined && this.#tried() ? customProblems[problem] : '';
  });
  protected readonly hasRange = computed(() => ['String', 'Number'].includes(this.values().type));

  protected range({ StringAttributeConstraints, NumberAttributeConstraints }: SchemaAttributeType) {
    const least = StringAttributeConstraints?.MinLength ?? NumberAttributeConstraints?.MinValue;
    const most = StringAttributeConstraints?.MaxLength ?? NumberAttributeConstraints?.MaxValue;
    return least === undefined && most === undefined ? '' : `${least ?? '…'} to ${most ?? '…'}`;
  }

  protected set(values: Partial<CustomAttribute>): void {
    this.values.update((before) => ({ ...before, ...values }));
  }

  protected setType(name: string): void {
    const type = this.types.find((one) => one === name);
    if (type !== undefined) this.set({ type, least: '', most: '' });
  }

  protected open(): void {
    this.values.set(FRESH);
    this.#tried.set(false);
    this.busy.clear();
    this.adding.set(true);
  }

  protected async add(event: Event): Promise<void> {
    event.preventDefault();
    this.#tried.set(true);
    if (customProblem(this.values(), this.schema()) !== undefined) return;
    const input = addInput(this.poolId(), this.values());
    if (!(await this.busy.run(() => this.#api.call('AddCustomAttributes', input)))) return;
    this.adding.set(false);
    this.#toasts.show(this.texts.attributeAdded(this.values().name), { tone: 'good' });
    this.added.emit();
  }
}
