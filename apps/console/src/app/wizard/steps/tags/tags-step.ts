import { Component, ElementRef, inject } from '@angular/core';
import { DraftStore } from '../../draft/draft-store';
import { Field } from '../../pieces/field';
import { tagsProblems } from './problems';
import { tagsTexts } from './texts';

const MOST = 50;

/** Names and values for one's own bookkeeping. */
@Component({
  selector: 'pc-tags-step',
  imports: [Field],
  template: `
    <header>
      <h1>{{ texts.title }}</h1>
      <p class="muted">{{ texts.hint }}</p>
    </header>
    <section>
      @for (tag of store.choices().tags; track $index) {
        <div class="tag" role="group" [attr.aria-label]="tag.key || texts.add">
          <pc-field
            class="key"
            [label]="texts.key"
            [value]="tag.key"
            (changed)="set($index, { key: $event })"
            (left)="store.leave('tag-' + $index)"
          />
          <pc-field
            [label]="texts.value"
            [value]="tag.value"
            (changed)="set($index, { value: $event })"
            (left)="store.leave('tag-' + $index)"
          />
          <button class="btn ghost danger" type="button" (click)="remove($index)">
            {{ texts.remove }}<span class="unseen"> {{ tag.key }}</span>
          </button>
          @if (problem('tag-' + $index); as problem) {
            <p class="problem" role="alert">{{ problem }}</p>
          }
        </div>
      } @empty {
        <p class="muted">{{ texts.none }}</p>
      }
      @if (store.choices().tags.length < most) {
        <button class="btn at-start" type="button" (click)="add()">{{ texts.add }}</button>
      }
    </section>
  `,
  styleUrl: '../step.css',
  styles: `
    .tag {
      display: grid;
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto;
      gap: var(--s3);
      align-items: end;
    }
    .problem {
      grid-column: 1 / -1;
    }
  `,
})
export class TagsStep {
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly store = inject(DraftStore);
  protected readonly texts = tagsTexts;
  protected readonly most = MOST;

  protected add(): void {
    this.store.set({ tags: [...this.store.choices().tags, { key: '', value: '' }] });
    // Where one goes on: at the name of what was added.
    setTimeout(() =>
      [...this.#element.querySelectorAll<HTMLElement>('.key input')].at(-1)?.focus(),
    );
  }

  protected set(index: number, changes: { key?: string; value?: string }): void {
    const { tags } = this.store.choices();
    this.store.set({
      tags: tags.map((tag, at) => (at === index ? { ...tag, ...changes } : tag)),
    });
  }

  protected remove(index: number): void {
    this.store.set({ tags: this.store.choices().tags.filter((_, at) => at !== index) });
  }

  protected problem(field: string): string {
    return this.store.problem(tagsProblems, field);
  }
}
