import type { ComponentFixture } from '@angular/core/testing';

/** The page as people use it: by what is written on it. */
export function pageOf(fixture: ComponentFixture<unknown>) {
  const root: HTMLElement = fixture.nativeElement;
  const field = (label: string): HTMLInputElement => {
    const found = [...root.querySelectorAll('label')].find(
      (element) => element.textContent?.replace(/\s+/g, ' ').trim() === label,
    );
    const control = found && root.querySelector<HTMLInputElement>(`#${found.htmlFor}`);
    if (!control) throw new Error(`no field ${label} in: ${root.textContent}`);
    return control;
  };
  const button = (name: string): HTMLButtonElement => {
    const found = [...root.querySelectorAll('button')].find((element) =>
      [element.textContent?.trim(), element.getAttribute('aria-label')].includes(name),
    );
    if (!found) throw new Error(`no button ${name} in: ${root.textContent}`);
    return found;
  };
  return {
    root,
    field,
    button,
    title: () => root.querySelector('[role=heading]')?.textContent?.trim(),
    said: (role: 'alert' | 'status') =>
      [...root.querySelectorAll(`[role=${role}]`)].map((e) => e.textContent?.trim()).join(''),
    described: (label: string) =>
      (field(label).getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) => (id ? root.querySelector(`#${id}`)?.textContent?.trim() : ''))
        .join(' '),
    async type(label: string, value: string) {
      field(label).value = value;
      field(label).dispatchEvent(new Event('input'));
      await fixture.whenStable();
    },
    async leave(label: string) {
      field(label).dispatchEvent(new Event('blur'));
      await fixture.whenStable();
    },
    async press(name: string) {
      button(name).click();
      await fixture.whenStable();
    },
  };
}

/** What `pageOf` gives. */
export type DrivenPage = ReturnType<typeof pageOf>;
