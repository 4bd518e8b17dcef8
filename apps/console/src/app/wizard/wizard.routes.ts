import type { Routes } from '@angular/router';

/** The steps of making a user pool. */
export const routes: Routes = [];
