import type { Routes } from '@angular/router';

/** The pages of this feature. */
export const routes: Routes = [];
