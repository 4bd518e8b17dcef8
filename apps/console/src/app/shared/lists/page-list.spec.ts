import { Component, inject } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router, RouterOutlet } from '@angular/router';
import { ApiError } from '../../api/api-error';
import { PageList } from './page-list';
import { Pager } from './pager';
import { TokenPages } from './token-pages';

/** What was asked of the server, as tokens. */
let asked: (string | undefined)[] = [];
let failure: Error | undefined;

@Component({
  imports: [Pager],
  template: `
    @if (list.error(); as error) {
      <p>{{ error.message }}</p>
    }
    <table>
      @for (item of list.items(); track $index) {
        <tr>
          <td>{{ item }};</td>
        </tr>
      }
    </table>
    <pc-pager [list]="list" />
  `,
})
class Page {
  readonly list = new PageList<string>(
    () =>
      new TokenPages(async (token) => {
        asked.push(token);
        if (failure) throw failure;
        const number = Number(token ?? 1);
        return {
          items: [`a${number}`, `b${number}`],
          next: number < 4 ? String(number + 1) : undefined,
        };
      }),
  );
}

@Component({ imports: [RouterOutlet], template: '<router-outlet />' })
class Root {
  readonly router = inject(Router);
}

async function open(url: string) {
  asked = [];
  failure = undefined;
  TestBed.configureTestingModule({
    providers: [
      provideRouter([
        { path: 'list', component: Page },
        { path: 'other', component: Root },
      ]),
    ],
  });
  const fixture = TestBed.createComponent(Root);
  const { router } = fixture.componentInstance;
  const go = async (to: string) => {
    await router.navigateByUrl(to);
    await fixture.whenStable();
  };
  await go(url);
  const root: HTMLElement = fixture.nativeElement;
  return {
    go,
    router,
    text: () => root.textContent?.replace(/\s+/g, ' ').trim() ?? '',
    async press(name: string) {
      const buttons = [...root.querySelectorAll('button')];
      buttons.find((button) => button.textContent?.trim() === name)?.click();
      await fixture.whenStable();
    },
  };
}

describe('a list of pages', () => {
  it('shows the first page, and where one is', async () => {
    const page = await open('/list');
    expect(page.text()).toContain('a1;b1;1 to 2');
    expect(asked).toEqual([undefined]);
  });

  it('goes on by tokens, and says so in the address', async () => {
    const page = await open('/list');
    await page.press('Next');
    expect(page.router.url).toBe('/list?page=2');
    expect(page.text()).toContain('a2;b2;3 to 4');
    await page.press('Previous');
    expect(page.router.url).toBe('/list');
    expect(asked).toEqual([undefined, '2', undefined]);
  });

  it('finds its page again with one request when one comes back', async () => {
    const page = await open('/list');
    await page.press('Next');
    await page.press('Next');
    await page.go('/other');
    asked = [];
    await page.go('/list?page=3');
    expect([page.text(), asked]).toEqual([expect.stringContaining('a3;b3;5 to 6'), ['3']]);
  });

  it('passes the pages before one that an address asks for', async () => {
    const page = await open('/list?page=3');
    expect(asked).toEqual([undefined, '2', '3']);
    expect(page.text()).toContain('a3');
  });

  it('shows the last page where the address asks for more than there are', async () => {
    const page = await open('/list?page=9');
    expect(page.text()).toContain('a4;b4;7 to 8');
  });

  it.each(['x', '-1', '1.5', '0'])('takes %s in the address for the first page', async (number) => {
    const page = await open(`/list?page=${number}`);
    expect(page.text()).toContain('a1');
  });

  it('keeps the rest of the address', async () => {
    const page = await open('/list?q=mar');
    await page.press('Next');
    expect(page.router.url).toBe('/list?q=mar&page=2');
  });

  it('says what failed', async () => {
    const page = await open('/other');
    failure = new ApiError('X', 'Not now.');
    await page.go('/list');
    expect(page.text()).toContain('Not now.');
  });
});
