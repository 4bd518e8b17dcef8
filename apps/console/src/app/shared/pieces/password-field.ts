import type { ElementRef } from '@angular/core';
import { Component, input, model, signal, viewChild } from '@angular/core';
import { sharedTexts } from '../texts';

let count = 0;

/** A password that can be looked at. */
@Component({
  selector: 'pc-password-field',
  template: `
    <div class="field">
      <label [attr.for]="id">{{ label() }}</label>
      <div class="box">
        <input
          #input
          [id]="id"
          [type]="shown() ? 'text' : 'password'"
          [attr.autocomplete]="autocomplete()"
          autocapitalize="none"
          spellcheck="false"
          required
          [value]="value()"
          (input)="value.set($any($event.target).value)"
          [attr.aria-invalid]="problem() !== ''"
          [attr.aria-describedby]="problem() ? id + '-problem' : describedBy() || null"
        />
        <button type="button" [attr.aria-pressed]="shown()" (click)="shown.set(!shown())">
          {{ shown() ? texts.hide : texts.show }}
          <span class="unseen">{{ label() }}</span>
        </button>
      </div>
      @if (problem()) {
        <p class="problem" [id]="id + '-problem'">{{ problem() }}</p>
      }
    </div>
  `,
  styles: `
    .box {
      position: relative;
    }
    .field .box input {
      height: 44px;
      padding-right: 68px;
      font-size: 16px;
    }
    button {
      position: absolute;
      inset: 1px 1px 1px auto;
      padding: 0 14px;
      border: 0;
      border-radius: var(--r-m);
      background: transparent;
      color: var(--ink-2);
      font-size: 13px;
      font-weight: 550;
      cursor: pointer;
    }
    button:hover {
      color: var(--ink);
    }
  `,
})
export class PasswordField {
  private readonly box = viewChild.required<ElementRef<HTMLInputElement>>('input');
  readonly label = input.required<string>();
  readonly autocomplete = input.required<'current-password' | 'new-password'>();
  readonly problem = input('');
  readonly describedBy = input('');
  readonly value = model.required<string>();
  protected readonly texts = sharedTexts;
  protected readonly shown = signal(false);
  protected readonly id = `password-${++count}`;

  focus(): void {
    this.box().nativeElement.focus();
  }
}
