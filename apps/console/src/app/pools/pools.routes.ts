import type { Routes } from '@angular/router';
import { PoolList } from './pool-list';

/** The list of user pools. */
export const routes: Routes = [{ path: '', component: PoolList, title: 'User pools' }];
