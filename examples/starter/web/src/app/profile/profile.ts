import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Auth, injectFailureReader } from '@poolhouse/angular';
import { DeviceOffer, PasskeyOffer } from '@poolhouse/angular/account';
import { initials } from '../shared/initials';
import { ApiAnswer } from './api-answer';
import { DetailsForm } from './details-form';
import { PasswordForm } from './password-form';

/** What the pool and the API know about whoever is signed in, and what they may change. */
@Component({
  selector: 'app-profile',
  imports: [ApiAnswer, DetailsForm, DeviceOffer, PasskeyOffer, PasswordForm, RouterLink],
  templateUrl: './profile.html',
  styleUrl: './profile.css',
})
export class Profile {
  protected readonly auth = inject(Auth);
  readonly #failure = injectFailureReader();
  protected readonly name = computed(() => {
    const user = this.auth.user();
    return user?.name || user?.username || '';
  });
  protected readonly initials = computed(() => initials(this.name()));
  protected readonly problem = signal('');
  /** Why the other sessions still run. */
  protected readonly stayed = signal('');

  constructor() {
    // The token's attributes are as old as the token.
    void this.reload();
  }

  protected async reload(): Promise<void> {
    this.problem.set('');
    try {
      await this.auth.loadAttributes();
    } catch (error) {
      this.problem.set(this.#failure(error).text);
    }
  }

  protected async signOutEverywhere(): Promise<void> {
    this.stayed.set('');
    try {
      await this.auth.signOut({ everywhere: true });
    } catch (error) {
      this.stayed.set(this.#failure(error).text);
    }
  }
}
