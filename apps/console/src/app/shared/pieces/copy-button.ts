import { Component, DestroyRef, inject, input, signal } from '@angular/core';
import { sharedTexts } from '../texts';

/** Puts a text on the clipboard, and says that it did. */
@Component({
  selector: 'pc-copy-button',
  template: `
    <button type="button" (click)="copy()" [attr.aria-label]="label() ?? null">
      {{ copied() ? texts.copied : texts.copy }}
    </button>
    <span class="unseen" aria-live="polite">{{ copied() ? texts.copied : '' }}</span>
  `,
  styles: `
    button {
      height: 26px;
      padding: 0 8px;
      border: 1px solid var(--edge);
      border-radius: var(--r-s);
      background: var(--surface);
      color: var(--ink-2);
      font: 550 12px/1 var(--font);
      cursor: pointer;
    }
    button:hover {
      color: var(--ink);
    }
    @media (pointer: coarse) {
      button {
        height: 36px;
        padding: 0 12px;
      }
    }
  `,
})
export class CopyButton {
  readonly text = input.required<string>();
  /** What is copied, for people who do not see it: "Copy the client id". */
  readonly label = input<string>();
  protected readonly texts = sharedTexts;
  protected readonly copied = signal(false);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.#timer));
  }

  protected async copy(): Promise<void> {
    await write(this.text());
    this.copied.set(true);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.copied.set(false), 2_000);
  }
}

/** Browsers have no clipboard for scripts where there is no TLS: there a selection does it. */
async function write(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'unseen';
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
