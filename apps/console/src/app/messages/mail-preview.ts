import type { ElementRef } from '@angular/core';
import { Component, computed, effect, input, viewChild } from '@angular/core';
import { messageTexts } from './texts';

/** A mail as it will look: its HTML in a frame where nothing runs and nothing is fetched. */
@Component({
  selector: 'pc-mail-preview',
  template: `
    <div class="mail card">
      <div class="top">
        <b>{{ subject() }}</b>
        <span class="faint">{{ from() }}</span>
      </div>
      <iframe #frame sandbox="" [title]="texts.mailPreview" tabindex="-1"></iframe>
    </div>
  `,
  styles: `
    .mail {
      overflow: hidden;
      background: #fff;
    }
    .top {
      display: grid;
      padding: var(--s3) var(--s4);
      border-bottom: 1px solid var(--line);
      background: var(--sunk);
      overflow-wrap: anywhere;
    }
    iframe {
      display: block;
      width: 100%;
      height: 220px;
      border: 0;
      background: #fff;
    }
  `,
})
export class MailPreview {
  readonly subject = input.required<string>();
  readonly body = input.required<string>();
  readonly from = input('');
  protected readonly texts = messageTexts;
  protected readonly frame = viewChild.required<ElementRef<HTMLIFrameElement>>('frame');
  readonly #document = computed(
    () =>
      `<!doctype html><meta charset="utf-8"><style>body{margin:16px;font:15px/1.5 system-ui,sans-serif;color:#111;background:#fff;overflow-wrap:anywhere}</style>${this.body()}`,
  );

  constructor() {
    // Angular would take the mail's own styles out of a bound `srcdoc`. The frame is sandboxed: no script, no form, no origin.
    effect(() => (this.frame().nativeElement.srcdoc = this.#document()));
  }
}
