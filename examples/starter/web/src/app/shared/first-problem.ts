import type { FieldTree } from '@angular/forms/signals';

/** Leads whoever has sent a form to the first field that cannot be right. */
export function focusFirstProblem(form: FieldTree<unknown>): void {
  form().errorSummary()[0]?.fieldTree().focusBoundControl();
}
