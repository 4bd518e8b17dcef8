import { Component, computed, inject, input } from '@angular/core';
import { DomSanitizer } from '@angular/platform-browser';

const STYLE =
  'body{margin:16px;font:15px/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;overflow-wrap:anywhere}';

/**
 * The HTML of a mail, in a frame where nothing runs and nothing is fetched. Another mail gets another frame: one that is led on leaves
 * an entry in the history, and Back would go through what was typed instead of through pages.
 */
@Component({
  selector: 'pc-mail-frame',
  template: `
    @for (mail of mails(); track mail.html) {
      <iframe sandbox="" tabindex="-1" [title]="label()" [srcdoc]="mail.document"></iframe>
    }
  `,
  styles: `
    :host {
      display: block;
      background: #fff;
    }
    iframe {
      display: block;
      width: 100%;
      height: 100%;
      border: 0;
    }
  `,
})
export class MailFrame {
  readonly #sanitizer = inject(DomSanitizer);
  readonly label = input.required<string>();
  readonly html = input.required<string>();
  /** One at a time. The frame is sandboxed to nothing: no script, no form, no link leads anywhere, and it has no origin. */
  protected readonly mails = computed(() => {
    const html = this.html();
    const whole = `<!doctype html><meta charset="utf-8"><title>Mail</title><style>${STYLE}</style><body>${html}`;
    return [{ html, document: this.#sanitizer.bypassSecurityTrustHtml(whole) }];
  });
}
