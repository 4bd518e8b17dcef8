import { Component, computed, input, output } from '@angular/core';
import { clientTexts } from './texts';
import { urlsOf, withCallbacks, type UrlProblems, type UrlValues } from './urls.ts';

/** Where the application is: the addresses that pages of the server may send people to. */
@Component({
  selector: 'pc-client-urls',
  template: `
    <section class="card part" aria-labelledby="urls">
      <div class="section-head">
        <h2 id="urls">{{ texts.urls }}</h2>
        <p>{{ texts.urlsLead }}</p>
      </div>
      <div class="field">
        <label for="callbacks">{{ texts.callbacks }}</label>
        <textarea
          id="callbacks"
          #callbacks
          rows="3"
          wrap="off"
          spellcheck="false"
          [readOnly]="fixed()"
          [value]="values().callbacks"
          (input)="changed.emit(moved(callbacks.value))"
          [attr.aria-invalid]="problems().callbacks ? true : null"
          aria-describedby="callbacks-help"
        ></textarea>
        <span [class]="problems().callbacks ? 'problem' : 'hint'" id="callbacks-help">{{
          problems().callbacks || texts.callbacksHint
        }}</span>
      </div>
      <div class="field">
        <label for="default-callback">{{ texts.defaultCallback }}</label>
        <select
          id="default-callback"
          #chosen
          [disabled]="fixed()"
          (change)="changed.emit({ defaultCallback: chosen.value })"
          [attr.aria-invalid]="problems().defaultCallback ? true : null"
          aria-describedby="default-callback-help"
        >
          <option value="" [selected]="values().defaultCallback === ''">
            {{ texts.noDefault }}
          </option>
          @for (url of choices(); track url) {
            <option [value]="url" [selected]="url === values().defaultCallback">
              {{ url }}
            </option>
          }
        </select>
        <span
          [class]="problems().defaultCallback ? 'problem' : 'hint'"
          id="default-callback-help"
          >{{ problems().defaultCallback || texts.defaultCallbackHint }}</span
        >
      </div>
      <div class="field">
        <label for="sign-outs">{{ texts.signOuts }}</label>
        <textarea
          id="sign-outs"
          #signOuts
          rows="2"
          wrap="off"
          spellcheck="false"
          [readOnly]="fixed()"
          [value]="values().signOuts"
          (input)="changed.emit({ signOuts: signOuts.value })"
          [attr.aria-invalid]="problems().signOuts ? true : null"
          aria-describedby="sign-outs-help"
        ></textarea>
        <span [class]="problems().signOuts ? 'problem' : 'hint'" id="sign-outs-help">{{
          problems().signOuts || texts.signOutsHint
        }}</span>
      </div>
    </section>
  `,
  styles: `
    select {
      width: 100%;
      text-overflow: ellipsis;
    }
    .problem {
      overflow-wrap: anywhere;
    }
  `,
})
export class ClientUrls {
  readonly values = input.required<UrlValues>();
  readonly problems = input.required<UrlProblems>();
  readonly fixed = input(false);
  readonly changed = output<Partial<UrlValues>>();
  protected readonly texts = clientTexts;
  /** The callbacks, and the default that is none of them any more, so that it is seen. */
  protected readonly choices = computed(() => {
    const { callbacks, defaultCallback } = this.values();
    const urls = urlsOf(callbacks);
    return defaultCallback === '' || urls.includes(defaultCallback)
      ? urls
      : [...urls, defaultCallback];
  });

  protected moved(callbacks: string): Partial<UrlValues> {
    return withCallbacks(this.values(), callbacks);
  }
}
