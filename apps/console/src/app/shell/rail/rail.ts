import { Component, computed, inject, output } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { Sessions } from '../../api/session';
import { Commands } from '../../shared/commands';
import { CurrentPool } from '../../shared/pieces/current-pool';
import { pageName, type PoolPage } from '../pool-pages';
import { shellTexts } from '../texts';
import { AccountMenu } from './account-menu';
import { PoolSwitcher } from './pool-switcher';

/** Where one is and where one can go. */
@Component({
  selector: 'pc-rail',
  imports: [AccountMenu, PoolSwitcher, RouterLink, RouterLinkActive],
  templateUrl: './rail.html',
  styleUrl: './rail.css',
})
export class Rail {
  readonly #number = new Intl.NumberFormat();
  protected readonly current = inject(CurrentPool);
  protected readonly commands = inject(Commands);
  protected readonly sessions = inject(Sessions);
  protected readonly texts = shellTexts;
  /** Something was opened that lies over the page. */
  readonly left = output();

  protected readonly groups: readonly { name: string; pages: readonly PoolPage[] }[] = [
    { name: '', pages: ['overview', 'users', 'groups', 'clients', 'resource-servers'] },
    { name: 'Experience', pages: ['sign-in', 'messages'] },
    { name: 'Operate', pages: ['audit', 'settings'] },
  ];
  protected readonly pageName = pageName;
  protected readonly users = computed(() => {
    const count = this.current.pool()?.EstimatedNumberOfUsers;
    return count === undefined ? '' : this.#number.format(count);
  });

  protected openPalette(): void {
    this.left.emit();
    // After the drawer has closed: only one dialog takes the focus.
    setTimeout(() => this.commands.open());
  }
}
