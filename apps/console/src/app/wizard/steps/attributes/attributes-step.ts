import { Component, inject } from '@angular/core';
import { STANDARD_ATTRIBUTES } from '../../draft/attributes';
import type { Alias, CustomAttribute, SignInWith } from '../../draft/choices';
import { DraftStore } from '../../draft/draft-store';
import { AttributeChips } from '../../pieces/attribute-chips';
import { Choice } from '../../pieces/choice';
import { CustomAttributes } from './custom-attributes';
import { attributesProblems } from './problems';
import { attributesTexts } from './texts';

/** How people are known, and what is known of them. */
@Component({
  selector: 'pc-attributes-step',
  imports: [AttributeChips, Choice, CustomAttributes],
  template: `
    <header>
      <h1>{{ texts.title }}</h1>
      <p class="muted">{{ texts.hint }}</p>
    </header>
    <div class="section" role="radiogroup" [attr.aria-label]="texts.title">
      @for (way of ways; track way) {
        <pc-choice
          group="way"
          [text]="texts.ways[way]"
          [tag]="way === 'username' ? texts.flexible : ''"
          [chosen]="store.choices().signInWith === way"
          (changed)="store.set({ signInWith: way })"
        />
        @if (way === 'username' && store.choices().signInWith === 'username') {
          <div class="opt-more" role="group" [attr.aria-label]="texts.also">
            @for (alias of aliases; track alias) {
              <pc-choice
                kind="checkbox"
                [text]="texts.aliases[alias]"
                [chosen]="store.choices().aliases.includes(alias)"
                (changed)="toggle(alias)"
              />
            }
          </div>
        }
      }
    </div>
    <div class="section" role="radiogroup" aria-labelledby="case-title">
      <h2 id="case-title">{{ texts.caseTitle }}</h2>
      <pc-choice
        group="case"
        [text]="texts.insensitive"
        [advised]="true"
        [chosen]="!store.choices().caseSensitive"
        (changed)="store.set({ caseSensitive: false })"
      />
      <pc-choice
        group="case"
        [text]="texts.sensitive"
        [chosen]="store.choices().caseSensitive"
        (changed)="store.set({ caseSensitive: true })"
      />
    </div>
    <section>
      <h2>{{ texts.required }}</h2>
      <p class="muted">{{ texts.requiredHint }}</p>
      <pc-attribute-chips
        [label]="texts.required"
        [all]="standard"
        [usual]="usual"
        [chosen]="store.choices().required"
        (changed)="store.set({ required: $event })"
      />
    </section>
    <section>
      <h2>{{ texts.custom }}</h2>
      <p class="muted">{{ texts.customHint }}</p>
      <pc-custom-attributes
        [attributes]="store.choices().custom"
        [problemOf]="problem"
        (changed)="change($event)"
        (left)="store.leave($event)"
      />
    </section>
  `,
  styleUrl: '../step.css',
})
export class AttributesStep {
  protected readonly store = inject(DraftStore);
  protected readonly texts = attributesTexts;
  protected readonly ways: readonly SignInWith[] = ['username', 'email', 'phone', 'email-or-phone'];
  protected readonly aliases: readonly Alias[] = ['email', 'preferred_username', 'phone_number'];
  protected readonly standard = STANDARD_ATTRIBUTES.filter((name) => name !== 'updated_at');
  protected readonly usual = ['email', 'given_name', 'family_name', 'phone_number', 'locale'];
  protected readonly problem = (field: string) => this.store.problem(attributesProblems, field);

  protected toggle(alias: Alias): void {
    const chosen = new Set(this.store.choices().aliases);
    if (!chosen.delete(alias)) chosen.add(alias);
    this.store.set({ aliases: this.aliases.filter((one) => chosen.has(one)) });
  }

  protected change(custom: readonly CustomAttribute[]): void {
    this.store.set({ custom });
  }
}
