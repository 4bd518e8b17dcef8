import { Component, computed, inject, input } from '@angular/core';
import { cliCommand } from './draft/cli-command';
import { runnable } from './draft/commands';
import { DraftStore } from './draft/draft-store';
import { STEPS, type Step } from './steps/steps';
import { wizardTexts } from './texts';

const withSmallLetter = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** Beside a step: what to know about it, the pool so far, and the same on the command line. */
@Component({
  selector: 'pc-summary',
  template: `
    <aside [attr.aria-label]="texts.soFar">
      <div class="note">
        <b>{{ step().note.title }}</b>
        <p>{{ step().note.text }}</p>
      </div>
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
  readonly step = input.required<Step>();
  protected readonly texts = wizardTexts;
  /** The lines of the steps up to this one that matter most. */
  protected readonly facts = computed(() => {
    const upTo = STEPS.indexOf(this.step());
    return STEPS.slice(0, Math.max(upTo, 1) + 1).flatMap(({ facts, mainFacts, makes }) =>
      facts(this.#store.choices(), this.#store.region())
        .slice(0, mainFacts)
        .map((fact) =>
          makes === 'client' ? { ...fact, label: `Client: ${withSmallLetter(fact.label)}` } : fact,
        ),
    );
  });
  protected readonly command = computed(() => {
    const draft = runnable(this.#store.draft());
    if (this.step().makes === 'pool') {
      const mfa = draft.toSetUserPoolMfaConfig('$POOL_ID');
      return [
        cliCommand('create-user-pool', draft.toCreateUserPool()),
        ...(mfa ? [cliCommand('set-user-pool-mfa-config', mfa)] : []),
      ].join('\n\n');
    }
    const client = draft.toCreateUserPoolClient('$POOL_ID');
    return client ? cliCommand('create-user-pool-client', client) : '';
  });
}
