import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import { ButtonHarness, DialogHarness, FieldHarness, NoticeHarness } from '@poolhouse/ui/testing';
import { ApiError } from '../../api/api-error';
import { Connection } from '../../api/connection';
import { Anchored } from './anchored';
import { Busy } from '../dialogs/busy';
import { ConfirmDialog } from '../dialogs/confirm-dialog';
import { CopyButton } from './copy-button';
import { FailurePanel } from './failure-panel';
import { MailFrame } from './mail-frame';
import { PasswordField } from './password-field';
import { relativeTime, wholeTime } from '../times';
import { UnsavedQuestion } from '../dialogs/unsaved';

async function show<Page>(page: new () => Page) {
  const fixture = TestBed.createComponent(page);
  document.body.append(fixture.nativeElement);
  await fixture.whenStable();
  const root: HTMLElement = fixture.nativeElement;
  return {
    page: fixture.componentInstance,
    fixture,
    root,
    loader: TestbedHarnessEnvironment.loader(fixture),
  };
}

afterEach(() => vi.unstubAllGlobals());

describe('times', () => {
  const now = Date.UTC(2026, 10, 27, 12);
  const MINUTE_MS = 60_000;

  it.each([
    [0, 'just now'],
    [-5 * MINUTE_MS, 'just now'],
    [MINUTE_MS, '1 minute ago'],
    [59 * MINUTE_MS, '59 minutes ago'],
    [60 * MINUTE_MS, '1 hour ago'],
    [24 * 60 * MINUTE_MS, 'yesterday'],
    [6 * 24 * 60 * MINUTE_MS, '6 days ago'],
    [7 * 24 * 60 * MINUTE_MS, 'Nov 20, 2026'],
  ])('are told as people do: %s ms ago is %s', (agoMs, words) => {
    expect(relativeTime(now - agoMs, now)).toBe(words);
  });

  it('are told whole to the second', () => {
    expect(wholeTime(now)).toMatch(/Nov 2[67], 2026.*:00:00/);
  });
});

describe('one thing at a time', () => {
  it('is done once, however often it is asked for', async () => {
    const busy = new Busy();
    const gate = Promise.withResolvers<void>();
    const work = vi.fn(() => gate.promise);
    const runs = [busy.run(work), busy.run(work)];
    expect(busy.now()).toBe(true);
    gate.resolve();
    expect(await Promise.all(runs)).toEqual([true, false]);
    expect([work.mock.calls.length, busy.now()]).toEqual([1, false]);
  });

  it('says why it failed, until it is tried again', async () => {
    const busy = new Busy();
    expect(await busy.run(() => Promise.reject(new ApiError('X', 'Not now.')))).toBe(false);
    expect(busy.problem()).toBe('Not now.');
    await busy.run(() => Promise.resolve());
    expect(busy.problem()).toBe('');
  });
});

describe('a question before a page is left', () => {
  it('has one answer, and ends when it is asked anew', async () => {
    const question = TestBed.inject(UnsavedQuestion);
    const first = question.ask();
    const second = question.ask();
    question.answer(true);
    expect([await first, await second, question.isAsked()]).toEqual([false, true, false]);
  });
});

describe('a question before what cannot be undone', () => {
  @Component({
    imports: [ConfirmDialog],
    template: `
      @if (isOpen()) {
        <pc-confirm-dialog
          heading="Delete shop?"
          verb="Delete"
          [phrase]="phrase()"
          [action]="action"
          (done)="end('done')"
          (cancelled)="end('cancelled')"
        />
      }
    `,
  })
  class Page {
    readonly isOpen = signal(true);
    readonly phrase = signal<string | undefined>('shop');
    readonly ends: string[] = [];
    action: () => Promise<unknown> = () => Promise.resolve();

    end(how: string): void {
      this.ends.push(how);
      this.isOpen.set(false);
    }
  }

  it('waits for its phrase, whatever stands around it', async () => {
    const { page, loader } = await show(Page);
    const button = await loader.getHarness(ButtonHarness.named('Delete'));
    expect(await button.isOff()).toBe(true);
    await (await loader.getHarness(FieldHarness)).type(' shop ');
    expect(await button.isOff()).toBe(false);
    await button.press();
    expect(page.ends).toEqual(['done']);
  });

  it('asks for no phrase where there is none', async () => {
    const { page, fixture, loader } = await show(Page);
    page.phrase.set(undefined);
    await fixture.whenStable();
    expect(await loader.hasHarness(FieldHarness)).toBe(false);
    await (await loader.getHarness(ButtonHarness.named('Delete'))).press();
    expect(page.ends).toEqual(['done']);
  });

  it('stays with what went wrong', async () => {
    const { page, loader } = await show(Page);
    page.action = () => Promise.reject(new Error('Not now.'));
    await (await loader.getHarness(FieldHarness)).type('shop');
    await (await loader.getHarness(ButtonHarness.named('Delete'))).press();
    expect(await (await loader.getHarness(NoticeHarness)).text()).toBe('Not now.');
    expect(page.ends).toEqual([]);
  });

  it.each(['Esc', 'a click beside it', 'its button'])('is given up by %s', async (way) => {
    const { page, loader, root, fixture } = await show(Page);
    if (way === 'Esc') await (await loader.getHarness(DialogHarness)).dismiss();
    else if (way === 'its button')
      await (await loader.getHarness(ButtonHarness.named('Cancel'))).press();
    else root.querySelector<HTMLElement>('dialog')?.click();
    await fixture.whenStable();
    expect(page.ends).toEqual(['cancelled']);
  });
});

describe('a button that copies', () => {
  @Component({
    imports: [CopyButton],
    template: `<pc-copy-button text="abc" label="Copy the id" />`,
  })
  class Page {}

  it('puts the text on the clipboard, and says so', async () => {
    const writeText = vi.fn(() => Promise.resolve());
    vi.stubGlobal('navigator', { clipboard: { writeText } });
    const { loader, root, fixture } = await show(Page);
    await (await loader.getHarness(ButtonHarness.named('Copy the id'))).press();
    await vi.waitFor(async () => {
      await fixture.whenStable();
      expect(root.querySelector('[aria-live]')?.textContent).toBe('Copied');
    });
    expect(writeText).toHaveBeenCalledWith('abc');
  });

  it('does without a clipboard where there is no TLS', async () => {
    vi.stubGlobal('navigator', {});
    let copied = '';
    document.execCommand = () => {
      copied = document.querySelector<HTMLTextAreaElement>('textarea')?.value ?? '';
      return true;
    };
    const { loader } = await show(Page);
    await (await loader.getHarness(ButtonHarness.named('Copy the id'))).press();
    expect([copied, document.querySelector('textarea')]).toEqual(['abc', null]);
  });
});

describe('a password', () => {
  @Component({
    imports: [PasswordField],
    template: `
      <pc-password-field
        label="Password"
        autocomplete="new-password"
        [problem]="problem()"
        [(value)]="value"
      />
    `,
  })
  class Page {
    readonly value = signal('');
    readonly problem = signal('');
  }

  it('can be looked at, and hidden again', async () => {
    const { page, loader, root } = await show(Page);
    await (await loader.getHarness(FieldHarness.labelled('Password'))).type('secret');
    expect(page.value()).toBe('secret');
    expect(root.querySelector('input')?.type).toBe('password');
    await (await loader.getHarness(ButtonHarness.named(/^Show/))).press();
    expect(root.querySelector('input')?.type).toBe('text');
    await (await loader.getHarness(ButtonHarness.named(/^Hide/))).press();
    expect(root.querySelector('input')?.type).toBe('password');
  });

  it('is told wrong to screen readers too', async () => {
    const { page, loader, root, fixture } = await show(Page);
    page.problem.set('Too short.');
    await fixture.whenStable();
    expect(await (await loader.getHarness(FieldHarness)).problem()).toBe('Too short.');
    const input = root.querySelector('input');
    expect(input?.getAttribute('aria-invalid')).toBe('true');
    const described = input?.getAttribute('aria-describedby') ?? '';
    expect(document.getElementById(described)?.textContent).toBe('Too short.');
  });
});

describe('a failure', () => {
  @Component({
    imports: [FailurePanel],
    template: `<pc-failure-panel [error]="error()" (retry)="retries = retries + 1" />`,
  })
  class Page {
    readonly error = signal<unknown>(new ApiError('Unreachable', 'The server does not answer.'));
    retries = 0;
  }

  it('is tried again by itself once the server is back', async () => {
    const { page, fixture, loader } = await show(Page);
    const connection = TestBed.inject(Connection);
    connection.failed();
    await fixture.whenStable();
    expect(await loader.hasHarness(ButtonHarness.named('Try again'))).toBe(false);
    connection.answered();
    await fixture.whenStable();
    expect(page.retries).toBe(1);
  });

  it('is tried again when somebody asks', async () => {
    const { page, loader } = await show(Page);
    await (await loader.getHarness(ButtonHarness.named('Try again'))).press();
    expect(page.retries).toBe(1);
  });
});

describe('a mail', () => {
  @Component({
    imports: [MailFrame],
    template: `<pc-mail-frame label="The mail" [html]="html()" />`,
  })
  class Page {
    readonly html = signal('<b>one</b>');
  }

  it('is shown in a frame where nothing runs, another one for another mail', async () => {
    const { page, root, fixture } = await show(Page);
    const first = root.querySelector('iframe');
    expect(first?.getAttribute('sandbox')).toBe('');
    expect(first?.srcdoc).toContain('<b>one</b>');
    page.html.set('<b>two</b>');
    await fixture.whenStable();
    expect(root.querySelectorAll('iframe')).toHaveLength(1);
    expect(root.querySelector('iframe')).not.toBe(first);
  });
});

describe('a menu', () => {
  @Component({
    imports: [Anchored],
    template: `
      <button #more>More</button>
      <div class="menu" popover [pcAnchored]="more" [align]="align()">
        <button>Disable</button>
        <button data-stays>Dark</button>
      </div>
    `,
  })
  class Page {
    readonly align = signal<'start' | 'end'>('start');
  }

  async function open(bottom: number, align: 'start' | 'end' = 'start') {
    const { page, root, fixture } = await show(Page);
    page.align.set(align);
    await fixture.whenStable();
    const control = root.querySelector('button');
    const box = { top: bottom - 20, bottom, left: 30, right: 90, width: 60 };
    if (control) control.getBoundingClientRect = () => box as DOMRect;
    const menu = root.querySelector<HTMLElement>('.menu');
    if (menu === null) throw new Error('no menu');
    menu.showPopover();
    return menu;
  }

  it('stands under its button, and has the focus', async () => {
    const focus = vi.spyOn(HTMLElement.prototype, 'focus');
    const { top, left, minWidth } = (await open(100)).style;
    expect([top, left, minWidth]).toEqual(['104px', '30px', '60px']);
    expect((focus.mock.contexts.at(-1) as HTMLElement).textContent).toBe('Disable');
    focus.mockRestore();
  });

  it('stands above where there is no room below', async () => {
    const menu = await open(innerHeight - 10);
    expect([menu.style.top, menu.style.bottom]).toEqual(['auto', '34px']);
  });

  it('keeps to the end of its button where it is told to', async () => {
    const menu = await open(100, 'end');
    expect(menu.style.left).toBe('auto');
  });

  it('closes once something was chosen, but not by what stays', async () => {
    const menu = await open(100);
    const closed = vi.spyOn(menu, 'hidePopover');
    menu.querySelectorAll('button')[1]?.click();
    expect(closed).not.toHaveBeenCalled();
    menu.querySelectorAll('button')[0]?.click();
    expect(closed).toHaveBeenCalledOnce();
  });
});
