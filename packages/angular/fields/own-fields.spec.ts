import { Component, signal, viewChild } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { PasswordPolicy } from '@poolhouse/angular';
import { provideFakePoolhouse } from '@poolhouse/angular/testing';
import { CodeField } from './code-field';
import { injectPasswordCheck } from './password-check';
import { PasswordField } from './password-field';
import { pageOf } from './testing/driven-page';

/** A form of an application, without a library for forms. */
@Component({
  imports: [CodeField, PasswordField],
  template: `
    <ph-password-field [(value)]="present" />
    <ph-password-field
      kind="new"
      help="Nobody else knows it."
      [(value)]="proposed"
      [errors]="errors()"
      [touched]="touched()"
      (touch)="touched.set(true)"
    />
    <ph-code-field [(value)]="code" />
  `,
})
class Page {
  readonly present = signal('');
  readonly proposed = signal('');
  readonly code = signal('');
  readonly touched = signal(false);
  readonly fields = viewChild.required(CodeField);
  readonly #missing = injectPasswordCheck();
  readonly errors = () => [{ message: this.#missing(this.proposed()) ?? undefined }];
}

async function open(passwordPolicy?: PasswordPolicy) {
  TestBed.configureTestingModule({ providers: [provideFakePoolhouse({}, { passwordPolicy })] });
  const fixture = TestBed.createComponent(Page);
  document.body.append(fixture.nativeElement);
  await fixture.whenStable();
  return { fixture, page: pageOf(fixture), values: fixture.componentInstance };
}

afterEach(() => document.body.replaceChildren());

const LONG: PasswordPolicy = {
  minimumLength: 12,
  requireLowercase: false,
  requireUppercase: false,
  requireSymbols: false,
};

describe('a password field of one’s own', () => {
  it('has labels and autocompletion by what it is for, and a button that shows it', async () => {
    const { page, values } = await open(LONG);
    await page.type('Password', 'old one');
    expect(values.present()).toBe('old one');
    expect(page.field('Password').autocomplete).toBe('current-password');
    expect(page.field('Password').getAttribute('passwordrules')).toBeNull();
    const proposed = page.field('New password');
    expect(proposed.autocomplete).toBe('new-password');
    expect(proposed.getAttribute('passwordrules')).toMatch(/^minlength: 12; required: digit; /);
    expect(proposed.type).toBe('password');
    await page.press('Show password');
    expect([page.field('Password').type, proposed.type]).toEqual(['text', 'password']);
  });

  it('shows the pool’s rules being met, and says what is missing once it was left', async () => {
    const { page } = await open(LONG);
    const rules = () =>
      [...page.root.querySelectorAll('.ph-rules li')].map((rule) =>
        rule.textContent?.replace(/\s+/g, ' ').trim(),
      );
    expect(rules()).toEqual(['12 or more characters missing', 'a digit missing']);
    await page.type('New password', 'pond-light-gravel');
    expect(rules()).toEqual(['12 or more characters done', 'a digit missing']);
    expect(page.root.textContent).not.toContain('Still missing: a digit.');
    await page.leave('New password');
    expect(page.root.textContent).toContain('Still missing: a digit.');
    expect(page.root.textContent).not.toContain('Nobody else knows it.');
    expect(page.field('New password').getAttribute('aria-invalid')).toBe('true');
  });

  it('shows no rules that nobody told', async () => {
    const { page } = await open();
    await page.type('New password', 'x');
    expect(page.root.querySelector('.ph-rules')).toBeNull();
  });
});

describe('a code field of one’s own', () => {
  it('gives the digits of what was pasted, and shows them once it is left', async () => {
    const { fixture, page, values } = await open();
    await page.type('Code', 'Your code is 123 456.');
    expect(values.code()).toBe('123456');
    expect(page.field('Code').value).toBe('Your code is 123 456.');
    await page.leave('Code');
    expect(page.field('Code').value).toBe('123456');
    values.code.set('');
    await fixture.whenStable();
    expect(page.field('Code').value).toBe('');
  });

  it('takes the focus', async () => {
    const { page, values } = await open();
    values.fields().focus();
    expect(document.activeElement).toBe(page.field('Code'));
  });
});
