import { Component, computed, inject, input } from '@angular/core';
import { cliCommand } from './draft/cli-command';
import { runnable } from './draft/commands';
import { factsOf } from './draft/facts';
import { STEPS, type Step } from './draft/problems';
import { DraftStore } from './draft-store';
import { wizardTexts } from './texts';

const withSmallLetter = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** Beside a step: what to know about it, the pool so far, and the same on the command line. */
@Component({
  selector: 'pc-summary',
  template: `
    <aside [attr.aria-label]="texts.soFar">
      @if (note(); as about) {
        <div class="note">
          <b>{{ about.aside }}</b>
          <p>{{ about.asideText }}</p>
        </div>
      }
      <div>
        <h2>{{ texts.soFar }}</h2>
        <dl class="facts">
          @for (fact of facts(); track fact.label) {
            <div>
              <dt>{{ fact.label }}</dt>
              <dd>
                <b>{{ fact.value }}</b>
              </dd>
            </div>
          }
        </dl>
      </div>
      <div>
        <h2>{{ texts.command }}</h2>
        <pre class="code-block" tabindex="0" [attr.aria-label]="texts.command">{{ command() }}</pre>
      </div>
    </aside>
  `,
  styles: `
    :host {
      width: 340px;
      border-left: 1px solid var(--line);
      background: var(--surface);
    }
    aside {
      position: sticky;
      top: var(--banner);
      display: grid;
      gap: var(--s5);
      align-content: start;
      max-height: calc(100dvh - var(--banner));
      padding: var(--s6) var(--s5);
      overflow-y: auto;
    }
    .facts,
    .code-block {
      margin-top: var(--s3);
    }
    .code-block {
      max-height: 320px;
      overflow: auto;
      font-size: 11.5px;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
  `,
})
export class Summary {
  readonly #store = inject(DraftStore);
  readonly page = input.required<string>();
  protected readonly texts = wizardTexts;
  protected readonly note = computed(() => {
    const step = STEPS.find((one) => one === this.page());
    return step && wizardTexts[step];
  });
  /** The lines of the steps up to this one that matter most. */
  protected readonly facts = computed(() => {
    const choices = this.#store.choices();
    const upTo = STEPS.findIndex((step) => step === this.page());
    const shown: Readonly<Record<Step, number>> = {
      name: 1,
      attributes: 4,
      policies: 2,
      messages: 1,
      tags: 0,
      client: 4,
    };
    return STEPS.slice(0, Math.max(upTo, 1) + 1).flatMap((step) =>
      factsOf(step, choices)
        .slice(0, shown[step])
        .map((fact) =>
          step === 'client' ? { ...fact, label: `Client: ${withSmallLetter(fact.label)}` } : fact,
        ),
    );
  });
  protected readonly command = computed(() => {
    const draft = runnable(this.#store.draft());
    if (this.page() === 'client') {
      const client = draft.toCreateUserPoolClient('$POOL_ID');
      return client ? cliCommand('create-user-pool-client', client) : '';
    }
    return cliCommand('create-user-pool', draft.toCreateUserPool());
  });
}
