import { Component, computed, inject, input } from '@angular/core';
import { DomSanitizer } from '@angular/platform-browser';
import { filled } from '../draft/mail-preview';

/** The mail as it will look, in a frame of its own where no script runs. */
@Component({
  selector: 'pc-mail-preview',
  template: `
    <figure class="mail">
      <figcaption>
        <span class="faint">From</span> <span>{{ from() || 'this server' }}</span>
        <span class="faint">Subject</span> <b>{{ shownSubject() }}</b>
      </figcaption>
      <iframe
        sandbox=""
        tabindex="-1"
        [title]="'Preview: ' + shownSubject()"
        [srcdoc]="document()"
      ></iframe>
    </figure>
  `,
  styles: `
    .mail {
      overflow: hidden;
      border: 1px solid var(--line);
      border-radius: var(--r-m);
      background: var(--surface);
    }
    figcaption {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: 2px var(--s3);
      padding: 10px var(--s4);
      border-bottom: 1px solid var(--line);
      font-size: 13px;
      overflow-wrap: anywhere;
    }
    iframe {
      display: block;
      width: 100%;
      height: 132px;
      border: 0;
      background: #fff;
    }
  `,
})
export class MailPreview {
  readonly #sanitizer = inject(DomSanitizer);
  readonly from = input('');
  readonly subject = input.required<string>();
  readonly body = input.required<string>();
  readonly invitation = input(false);
  protected readonly shownSubject = computed(() => filled(this.subject(), this.invitation()));
  /** The frame is sandboxed to nothing: no script, no form, no link leads anywhere, and it has no origin. */
  protected readonly document = computed(() =>
    this.#sanitizer.bypassSecurityTrustHtml(
      `<!doctype html><meta charset="utf-8"><title>Mail</title><style>body{margin:16px;font:15px/1.5 system-ui,sans-serif;color:#1a1a1a;overflow-wrap:anywhere}</style><body>${filled(this.body(), this.invitation())}`,
    ),
  );
}
