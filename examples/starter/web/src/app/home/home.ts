import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Auth } from '@poolhouse/angular';
import { inboxOf, POOL_CONFIG } from '../pool-config';

/** What this application is, and the way through it. */
@Component({
  selector: 'app-home',
  imports: [RouterLink],
  templateUrl: './home.html',
  styleUrl: './home.css',
})
export class Home {
  protected readonly auth = inject(Auth);
  protected readonly pool = inject(POOL_CONFIG);
  protected readonly inbox = inboxOf(this.pool);
  protected readonly name = computed(() => {
    const user = this.auth.user();
    return user?.name ?? user?.username;
  });
}
