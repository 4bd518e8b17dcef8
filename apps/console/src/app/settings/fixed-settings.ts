import { Component, computed, input } from '@angular/core';
import type { UserPoolType } from '@poolhouse/model';
import { attributeWord } from '../shared/glossary.ts';
import { settingsTexts } from './texts';

/** What was decided when the pool was created, shown as fixed. */
@Component({
  selector: 'pc-fixed-settings',
  template: `
    <section class="card part" aria-labelledby="sign-in">
      <div class="section-head">
        <h2 id="sign-in">{{ texts.signIn }}</h2>
        <span class="chip plain">{{ texts.fixed }}</span>
        <p>{{ texts.signInLead }}</p>
      </div>
      <dl class="facts">
        <div>
          <dt>{{ texts.signInWith }}</dt>
          <dd>{{ names() }}</dd>
        </div>
        <div>
          <dt>{{ texts.case }}</dt>
          <dd>{{ ignoresCase() ? texts.caseSame : texts.caseDiffer }}</dd>
        </div>
        <div>
          <dt>{{ texts.required }}</dt>
          <dd>{{ required() || texts.noneRequired }}</dd>
        </div>
      </dl>
    </section>
  `,
})
export class FixedSettings {
  readonly pool = input.required<UserPoolType>();
  protected readonly texts = settingsTexts;
  protected readonly names = computed(() => {
    const { UsernameAttributes = [], AliasAttributes = [] } = this.pool();
    const shown = (names: readonly string[]) => names.map(attributeWord);
    if (UsernameAttributes.length > 0) return shown(UsernameAttributes).join(' or ');
    return ['user name', ...shown(AliasAttributes)].join(', ');
  });
  protected readonly ignoresCase = computed(
    () => this.pool().UsernameConfiguration?.CaseSensitive === false,
  );
  protected readonly required = computed(() =>
    (this.pool().SchemaAttributes ?? [])
      .filter(({ Required, Name }) => Required === true && Name !== 'sub')
      .map(({ Name = '' }) => attributeWord(Name))
      .join(', '),
  );
}
