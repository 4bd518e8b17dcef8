import { Directive, inject, TemplateRef } from '@angular/core';
import type { AuthUser } from '@poolhouse/angular';

/** What the content of a signed-in person can use: `<ng-template phSignedIn let-user>`. */
export interface SignedInContext {
  readonly $implicit: AuthUser;
}

/** The application's content for whoever is signed in. */
@Directive({ selector: 'ng-template[phSignedIn]' })
export class SignedInContent {
  readonly template = inject<TemplateRef<SignedInContext>>(TemplateRef);

  /** Tells the compiler the type of `let-user`. */
  static ngTemplateContextGuard(
    _directive: SignedInContent,
    _context: unknown,
  ): _context is SignedInContext {
    return true;
  }
}
