import { httpResource } from '@angular/common/http';
import { Component, computed } from '@angular/core';
import { injectFailureReader } from '@poolhouse/angular';
import { initials } from '../shared/initials';
import { AddUser } from './add-user';
import type { UserList } from './listed-user';
import { stateOf } from './user-state';

/** The users of the pool, for administrators. */
@Component({
  selector: 'app-admin',
  imports: [AddUser],
  templateUrl: './admin.html',
  styleUrl: './admin.css',
})
export class Admin {
  readonly #failure = injectFailureReader();
  protected readonly list = httpResource<UserList>(() => '/api/admin');
  protected readonly problem = computed(() => {
    const error = this.list.error();
    return error === undefined ? '' : this.#failure(error).text;
  });
  protected readonly initials = initials;
  protected readonly stateOf = stateOf;
}
