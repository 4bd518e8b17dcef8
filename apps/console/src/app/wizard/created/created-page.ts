import { Component, computed, inject, input, resource, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Sessions } from '../../api/session';
import { CopyButton } from '../../shared/pieces/copy-button';
import { FailurePanel } from '../../shared/pieces/failure-panel';
import { titledBy } from '../../shared/pieces/record-title';
import { SkeletonRows } from '../../shared/lists/skeleton-rows';
import { Creation } from '../draft/creation';
import { configurationsOf, type Configuration } from '../../shared/configurations';
import { commandsOf } from '../draft/commands';
import { DraftStore } from '../draft/draft-store';
import { createdTexts } from './texts';

/** What was made, and how to use it. Its address shows the same later, read anew. */
@Component({
  selector: 'pc-created-page',
  imports: [CopyButton, FailurePanel, RouterLink, SkeletonRows],
  templateUrl: './created-page.html',
  styleUrl: './created-page.css',
})
export class CreatedPage {
  readonly #creation = inject(Creation);
  readonly poolId = input.required<string>();
  /** The app client that was made with the pool. */
  readonly client = input<string>();
  readonly #made = computed(() => {
    const made = this.#creation.created();
    return made?.pool.Id === this.poolId() ? made : undefined;
  });
  protected readonly read = resource({
    params: () => (this.#made() ? undefined : { pool: this.poolId(), client: this.client() }),
    loader: ({ params: { pool, client } }) => this.#creation.read(pool, client),
  });
  protected readonly created = computed(
    () => this.#made() ?? (this.read.hasValue() ? this.read.value() : undefined),
  );
  /** To others than owners the server shows no secret. */
  protected readonly isOwner = inject(Sessions).is('owner');
  protected readonly texts = createdTexts;
  readonly #chosen = signal<Configuration['id'] | undefined>(undefined);
  protected readonly snippets = computed((): readonly Configuration[] => {
    const created = this.created();
    if (!created) return [];
    const { draft, pool, region, client } = created;
    const endpoint = location.origin;
    // Just now the commands say more: those that would have made the same.
    const commands = draft && commandsOf(draft, { endpoint, region, poolId: pool.Id ?? '' });
    return configurationsOf({ pool, client, endpoint }).map((one) =>
      one.id === 'cli' ? { ...one, ...commands } : one,
    );
  });
  protected readonly snippet = computed(() => {
    const all = this.snippets();
    return all.find(({ id }) => id === this.#chosen()) ?? all[0];
  });

  constructor() {
    titledBy(() => this.created()?.pool.Name);
    // The draft has done its work.
    if (this.#creation.created()) inject(DraftStore).clear();
  }

  protected choose(id: Configuration['id']): void {
    this.#chosen.set(id);
  }
}
