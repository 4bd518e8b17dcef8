import { Component, inject } from '@angular/core';
import { Regions } from '../../../api/region';
import { DraftStore } from '../../draft/draft-store';
import { Choice } from '../../pieces/choice';
import { Field } from '../../pieces/field';
import { nameProblems, regionProblem } from './problems';
import { nameTexts } from './texts';

/** The pool's name and region, and how to go on. */
@Component({
  selector: 'pc-name-step',
  imports: [Choice, Field],
  template: `
    <header>
      <h1>{{ texts.title }}</h1>
      <p class="muted">{{ texts.hint }}</p>
    </header>
    <section>
      <pc-field
        [label]="texts.label"
        [hint]="texts.help"
        [placeholder]="texts.placeholder"
        [value]="store.choices().name"
        [problem]="problem('name')"
        (changed)="store.set({ name: $event })"
        (left)="store.choices().name && store.leave('name')"
      />
      <pc-field
        [label]="texts.region"
        [hint]="texts.regionHelp"
        list="regions"
        [mono]="true"
        [value]="store.region()"
        [problem]="regionProblem(store.region())"
        (changed)="store.setRegion($event)"
      />
      <datalist id="regions">
        @for (region of regions.all(); track region) {
          <option [value]="region"></option>
        }
      </datalist>
    </section>
    <section>
      <pc-choice
        kind="checkbox"
        [text]="texts.protect"
        [advised]="true"
        [chosen]="store.choices().protectedFromDeletion"
        (changed)="store.set({ protectedFromDeletion: $event })"
      />
    </section>
    <section [attr.aria-label]="texts.paths">
      <h2>{{ texts.paths }}</h2>
      <dl class="paths">
        <div>
          <dt>{{ texts.defaults.title }}</dt>
          <dd class="muted">{{ texts.defaults.hint }}</dd>
        </div>
        <div>
          <dt>{{ texts.through.title }}</dt>
          <dd class="muted">{{ texts.through.hint }}</dd>
        </div>
      </dl>
    </section>
  `,
  styleUrl: '../step.css',
  styles: `
    .paths {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(220px, 1fr));
      gap: var(--s4);
    }
    dt {
      font-weight: 600;
    }
  `,
})
export class NameStep {
  protected readonly store = inject(DraftStore);
  protected readonly regions = inject(Regions);
  protected readonly regionProblem = regionProblem;
  protected readonly texts = nameTexts;

  protected problem(field: string): string {
    return this.store.problem(nameProblems, field);
  }
}
