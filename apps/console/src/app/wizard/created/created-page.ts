import { Component, computed, inject, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { CopyButton } from '../../shared/copy-button';
import { Creation } from '../creation';
import { configurationsOf, type Configuration } from '../../shared/configurations';
import { commandsOf } from '../draft/commands';
import { DraftStore } from '../draft-store';
import { wizardTexts } from '../texts';

/** What was made, and how to use it. */
@Component({
  selector: 'pc-created-page',
  imports: [CopyButton, RouterLink],
  templateUrl: './created-page.html',
  styleUrl: './created-page.css',
})
export class CreatedPage {
  readonly #router = inject(Router);
  readonly #store = inject(DraftStore);
  protected readonly created = inject(Creation).created;
  protected readonly texts = wizardTexts.created;
  readonly #chosen = signal<Configuration['id'] | undefined>(undefined);
  protected readonly snippets = computed((): readonly Configuration[] => {
    const created = this.created();
    if (!created) return [];
    const { draft, pool, region, client } = created;
    const endpoint = location.origin;
    // Here the commands say more: those that would have made the same.
    const commands = commandsOf(draft, { endpoint, region, poolId: pool.Id ?? '' });
    return configurationsOf({ pool, client, endpoint }).map((one) =>
      one.id === 'cli' ? { ...one, ...commands } : one,
    );
  });
  protected readonly snippet = computed(() => {
    const all = this.snippets();
    return all.find(({ id }) => id === this.#chosen()) ?? all[0];
  });

  constructor() {
    // The draft has done its work; a reload of this page begins a new one.
    if (this.created()) this.#store.clear();
    else void this.#router.navigate(['/new'], { replaceUrl: true });
  }

  protected choose(id: Configuration['id']): void {
    this.#chosen.set(id);
  }
}
