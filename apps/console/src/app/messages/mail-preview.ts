import { Component, input } from '@angular/core';
import { MailFrame } from '../shared/pieces/mail-frame';
import { messageTexts } from './texts';

/** A mail as it will look. */
@Component({
  selector: 'pc-mail-preview',
  imports: [MailFrame],
  template: `
    <div class="mail card">
      <div class="top">
        <b>{{ subject() }}</b>
        <span class="faint">{{ from() }}</span>
      </div>
      <pc-mail-frame [label]="texts.mailPreview" [html]="body()" />
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
    pc-mail-frame {
      height: 220px;
    }
  `,
})
export class MailPreview {
  readonly subject = input.required<string>();
  readonly body = input.required<string>();
  readonly from = input('');
  protected readonly texts = messageTexts;
}
