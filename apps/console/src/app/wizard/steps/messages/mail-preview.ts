import { Component, computed, input } from '@angular/core';
import { MailFrame } from '../../../shared/pieces/mail-frame';
import { filled } from './filled';

/** The mail as it will look. */
@Component({
  selector: 'pc-mail-preview',
  imports: [MailFrame],
  template: `
    <figure class="mail">
      <figcaption>
        <span class="faint">From</span> <span>{{ from() || 'this server' }}</span>
        <span class="faint">Subject</span> <b>{{ shownSubject() }}</b>
      </figcaption>
      <pc-mail-frame [label]="'Preview: ' + shownSubject()" [html]="shownBody()" />
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
    pc-mail-frame {
      height: 132px;
    }
  `,
})
export class MailPreview {
  readonly from = input('');
  readonly subject = input.required<string>();
  readonly body = input.required<string>();
  readonly invitation = input(false);
  protected readonly shownSubject = computed(() => filled(this.subject(), this.invitation()));
  protected readonly shownBody = computed(() => filled(this.body(), this.invitation()));
}
