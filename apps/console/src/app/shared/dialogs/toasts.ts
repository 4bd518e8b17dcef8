import { Injectable, signal } from '@angular/core';

/** A short message that goes by itself. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'plain' | 'good' | 'bad';
  /** What takes the thing back, where that is possible. */
  readonly undo: (() => void | Promise<void>) | undefined;
}

/** What a toast may have beside its text. */
export interface ToastOptions {
  readonly tone?: Toast['tone'];
  readonly undo?: () => void | Promise<void>;
  /** Default: 5 s, with undo 10 s. */
  readonly staysMs?: number;
}

/** Short messages at the corner of the page: `toasts.show('User disabled', { undo: () => enable() })`. */
@Injectable({ providedIn: 'root' })
export class Toasts {
  readonly #toasts = signal<readonly Toast[]>([]);
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();
  #last = 0;

  readonly toasts = this.#toasts.asReadonly();

  show(text: string, { tone = 'plain', undo, staysMs }: ToastOptions = {}): void {
    const id = ++this.#last;
    // Three at the most: the page is not for reading messages.
    this.#toasts.update((toasts) => [...toasts.slice(-2), { id, text, tone, undo }]);
    this.#startTimer(id, staysMs ?? (undo ? 10_000 : 5_000));
  }

  dismiss(id: number): void {
    this.hold(id);
    this.#toasts.update((toasts) => toasts.filter((toast) => toast.id !== id));
  }

  /** Keeps a toast while somebody points at it. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  /** Lets a toast that was held go. */
  release(id: number): void {
    this.#startTimer(id, 3_000);
  }

  #startTimer(id: number, ms: number): void {
    this.hold(id);
    const timer = setTimeout(() => this.dismiss(id), ms);
    this.#timers.set(id, timer);
  }
}
