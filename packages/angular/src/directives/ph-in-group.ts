import {
  computed,
  Directive,
  effect,
  inject,
  input,
  TemplateRef,
  ViewContainerRef,
} from '@angular/core';
import { Auth } from '../auth/auth';

/**
 * Shows a part of a page to members of a group: `*phInGroup="'admin'"`, `*phInGroup="['admin', 'editor']; else others"`.
 * What must stay secret is kept by the server; this only tidies up.
 */
@Directive({ selector: '[phInGroup]' })
export class PhInGroup {
  /** A group, or several of which one is enough. */
  readonly phInGroup = input.required<string | readonly string[]>();
  /** What everybody else sees. */
  readonly phInGroupElse = input<TemplateRef<unknown> | null>(null);

  readonly #auth = inject(Auth);
  readonly #members = inject<TemplateRef<unknown>>(TemplateRef);
  readonly #view = inject(ViewContainerRef);
  readonly #shown = computed(() => {
    const wanted = this.phInGroup();
    const groups = this.#auth.user()?.groups ?? [];
    const isMember = groups.some((group) =>
      typeof wanted === 'string' ? group === wanted : wanted.includes(group),
    );
    return isMember ? this.#members : this.phInGroupElse();
  });

  constructor() {
    effect(() => {
      const template = this.#shown();
      this.#view.clear();
      if (template) this.#view.createEmbeddedView(template);
    });
  }
}
