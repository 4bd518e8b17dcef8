import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  inject,
  Injector,
  input,
  output,
  ViewEncapsulation,
} from '@angular/core';
import { ɵfill as fill, ɵinjectWords as injectWords } from '@poolhouse/angular/fields';
import type { ListForm } from './list-form';

/** One line of a list. */
export interface ListRow {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  /** A word beside the label. */
  readonly state?: string;
  readonly canRemove: boolean;
}

let count = 0;

/** The list itself: rows, each with a button that asks before it removes. */
@Component({
  selector: 'ph-own-list',
  encapsulation: ViewEncapsulation.None,
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (form().items() === null) {
      @if (form().form.error(); as error) {
        <p class="ph-error" role="alert">{{ error }}</p>
        @if (form().isOffered()) {
          <button type="button" class="ph-button" (click)="form().load()">
            {{ words.tryAgain }}
          </button>
        }
      } @else {
        <p role="status" class="ph-loading">{{ words.loading }}</p>
      }
    } @else if (rows().length === 0) {
      <p class="ph-loading">{{ empty() }}</p>
    }
    @if (rows().length > 0) {
      <ul>
        @for (row of rows(); track row.id) {
          <li tabindex="-1" [attr.data-row]="row.id" [attr.aria-labelledby]="id + $index">
            <div class="ph-what">
              <b [id]="id + $index">{{ row.label }}</b>
              @if (row.state; as state) {
                <span class="ph-state ph-on">{{ state }}</span>
              }
              <p>{{ row.help }}</p>
            </div>
            @if (row.canRemove) {
              @if (form().asked() === row.id) {
                <div class="ph-question">
                  <p [id]="id + 'question'">{{ question() }}</p>
                  <div class="ph-acts">
                    <button
                      type="button"
                      class="ph-button ph-danger"
                      [attr.aria-describedby]="id + 'question'"
                      [attr.aria-disabled]="form().form.pending() ? 'true' : null"
                      (click)="remove.emit(row.id)"
                    >
                      {{ action() }}
                    </button>
                    <button type="button" class="ph-button" (click)="keep(row.id)">
                      {{ words.factorCancel }}
                    </button>
                  </div>
                </div>
              } @else {
                <div class="ph-acts">
                  <button
                    type="button"
                    class="ph-button"
                    [attr.aria-label]="named(row)"
                    (click)="ask(row.id)"
                  >
                    {{ action() }}
                  </button>
                </div>
              }
            }
            <div role="alert">
              @if (form().at() === row.id && form().form.error(); as error) {
                <p class="ph-error">{{ error }}</p>
              }
            </div>
          </li>
        }
      </ul>
    }
    <p role="status" class="ph-said" tabindex="-1">{{ form().said() }}</p>
  `,
})
export class OwnList {
  readonly form = input.required<ListForm<{ readonly id: string }>>();
  readonly rows = input.required<readonly ListRow[]>();
  /** Said where there is none. */
  readonly empty = input.required<string>();
  /** The verb of removing one, and what is asked before. */
  readonly action = input.required<string>();
  readonly question = input.required<string>();
  /** The person means it. */
  readonly remove = output<string>();

  protected readonly words = injectWords();
  protected readonly id = `ph-list-${++count}-`;
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #injector = inject(Injector);

  /** The button that had the focus may be gone: the keyboard goes on from what was said. */
  keepFocus(): void {
    this.#focus('.ph-said');
  }

  protected named({ label: factor }: ListRow): string {
    return fill(this.words.factorButton, { action: this.action(), factor });
  }

  protected ask(id: string): void {
    this.form().ask(id);
    this.#focus('.ph-danger');
  }

  protected keep(id: string): void {
    this.form().ask(null);
    this.#focus(`[data-row="${CSS.escape(id)}"]`);
  }

  #focus(selector: string): void {
    afterNextRender(() => this.#host.querySelector<HTMLElement>(selector)?.focus(), {
      injector: this.#injector,
    });
  }
}
