import { Component, computed, inject, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { Regions } from '../../api/region';
import { Sessions } from '../../api/session';
import { Anchored } from '../../shared/pieces/anchored';
import { CurrentPool } from '../../shared/pieces/current-pool';
import { PoolName } from '../../shared/pieces/pool-name';
import { KnownPools } from '../known-pools';
import { shellTexts } from '../texts';

/** Shows the pool of the page, and leads to the others; also chooses the region. */
@Component({
  selector: 'pc-pool-switcher',
  imports: [Anchored, PoolName, RouterLink],
  templateUrl: './pool-switcher.html',
  styleUrl: './pool-switcher.css',
})
export class PoolSwitcher {
  readonly #router = inject(Router);
  protected readonly current = inject(CurrentPool);
  protected readonly regions = inject(Regions);
  protected readonly sessions = inject(Sessions);
  protected readonly known = inject(KnownPools);
  protected readonly texts = shellTexts;
  protected readonly query = signal('');
  protected readonly found = computed(() => {
    const query = this.query().trim().toLowerCase();
    const pools = this.known.pools();
    return pools.filter(({ Id, Name }) => `${Name} ${Id}`.toLowerCase().includes(query));
  });

  protected opened(event: ToggleEvent): void {
    if (event.newState !== 'open') return;
    this.query.set('');
    this.known.load();
  }

  protected openFirst(menu: HTMLElement): void {
    const [first] = this.found();
    if (!first?.Id) return;
    menu.hidePopover();
    void this.#router.navigate(['/p', first.Id]);
  }

  protected chooseRegion(region: string): void {
    this.regions.choose(region);
    this.known.load();
    if (this.current.id()) void this.#router.navigate(['/']);
  }
}
