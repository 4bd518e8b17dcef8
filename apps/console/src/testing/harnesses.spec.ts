import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import {
  ButtonHarness,
  ChipHarness,
  ChoiceHarness,
  CodeHarness,
  DialogHarness,
  EmptyHarness,
  FactsHarness,
  FieldHarness,
  MenuHarness,
  NoticeHarness,
  RulesHarness,
  SearchHarness,
  SegmentsHarness,
  SkeletonHarness,
  TableHarness,
  ToastHarness,
} from '@poolhouse/ui/testing';

/** Every piece of the look, as its README has it. */
@Component({
  template: `
    <button class="btn" (click)="pressed.set('Save')">Save</button>
    <button class="btn" aria-disabled="true" aria-description="Only owners may.">Delete</button>
    <button class="btn" aria-label="Close" disabled>×</button>
    <div class="field">
      <label for="name">Name <small>(optional)</small></label>
      <input id="name" #name value="shop" (blur)="left.set(name.value)" aria-invalid="true" />
      <p class="problem">Too short.</p>
    </div>
    <div class="field">
      <label for="type">Type</label>
      <select id="type" #type (change)="left.set(type.value)">
        <option value="s">Text</option>
        <option value="n">Number</option>
      </select>
      <p class="hint">It stays.</p>
    </div>
    <label class="opt">
      <input type="radio" name="way" />
      <span
        ><b>With a link</b>
        <p>Nothing to type.</p></span
      >
    </label>
    <label class="check"><input type="checkbox" checked disabled /><span>Protect it</span></label>
    <div class="segments" role="group" aria-label="Period">
      <button aria-pressed="true">Day</button><button aria-pressed="false">Week</button>
    </div>
    <div class="menu"><button (click)="pressed.set('Dark')">Dark</button><a href="#">Out</a></div>
    <label class="search"><input #search type="search" (input)="left.set(search.value)" /></label>
    <table class="table">
      <thead>
        <tr>
          <th>Who</th>
          <th>State</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <td><input class="pick" type="checkbox" /></td>
          <td>ann</td>
        </tr>
        <tr>
          <td><input class="pick" type="checkbox" #ben /></td>
          <td>ben</td>
        </tr>
      </tbody>
    </table>
    <p class="notice warn"><b>Mind</b> this.</p>
    <p class="notice">Plain.</p>
    <div class="toast good">
      <span>Saved.</span><button (click)="pressed.set('Undo')">Undo</button>
    </div>
    <div class="empty"><h2>Nobody here</h2></div>
    <span class="skeleton"></span>
    <span class="chip good">Confirmed</span>
    <dl class="facts">
      <div>
        <dt>Region</dt>
        <dd>local</dd>
      </div>
      <div>
        <dt>Name</dt>
        <dd>shop</dd>
      </div>
    </dl>
    <ul class="rules">
      <li class="met">long</li>
      <li>no name</li>
    </ul>
    <pre class="code-block">npm  start</pre>
    <dialog class="dialog" open (cancel)="pressed.set('Esc')"><h2>Sure?</h2></dialog>
    <dialog class="dialog"><h2>Closed</h2></dialog>
  `,
})
class Look {
  readonly pressed = signal('');
  readonly left = signal('');
}

async function look() {
  const fixture = TestBed.createComponent(Look);
  document.body.append(fixture.nativeElement);
  await fixture.whenStable();
  return { page: fixture.componentInstance, loader: TestbedHarnessEnvironment.loader(fixture) };
}

describe('harnesses of the look', () => {
  it('press buttons by their names, and know which do nothing, and why', async () => {
    const { page, loader } = await look();
    const button = (name: string) => loader.getHarness(ButtonHarness.named(name));
    await (await button('Save')).press();
    expect([page.pressed(), await (await button('Save')).isOff()]).toEqual(['Save', false]);
    expect(await (await button('Delete')).isOff()).toBe(true);
    expect(await (await button('Delete')).reason()).toBe('Only owners may.');
    expect(await (await button('Close')).isOff()).toBe(true);
    await expect(button('Sav')).rejects.toThrow();
  });

  it('type into fields by their labels, and leave them', async () => {
    const { page, loader } = await look();
    const field = await loader.getHarness(FieldHarness.labelled('Name (optional)'));
    expect([await field.value(), await field.problem(), await field.hint()]).toEqual([
      'shop',
      'Too short.',
      '',
    ]);
    await field.type('market');
    expect([await field.value(), page.left()]).toEqual(['market', 'market']);
  });

  it('choose from lists by what is written there', async () => {
    const { page, loader } = await look();
    const field = await loader.getHarness(FieldHarness.labelled(/^Type/));
    await field.choose('Number');
    expect([page.left(), await field.hint(), await field.isOff()]).toEqual([
      'n',
      'It stays.',
      false,
    ]);
    await expect(field.choose('Date')).rejects.toThrow('no Date among: Text, Number');
  });

  it('tick boxes by what their words begin with', async () => {
    const { loader } = await look();
    const link = await loader.getHarness(ChoiceHarness.beginning('With a link'));
    expect(await link.isChosen()).toBe(false);
    await link.press();
    expect(await link.isChosen()).toBe(true);
    const box = await loader.getHarness(ChoiceHarness.beginning('Protect'));
    expect([await box.isChosen(), await box.isOff()]).toEqual([true, true]);
  });

  it('know what is pressed, what a menu offers, and search', async () => {
    const { page, loader } = await look();
    const segments = await loader.getHarness(SegmentsHarness.labelled('Period'));
    expect([await segments.names(), await segments.chosen()]).toEqual([['Day', 'Week'], ['Day']]);
    const menu = await loader.getHarness(MenuHarness);
    expect(await menu.names()).toEqual(['Dark', 'Out']);
    await menu.press('Dark');
    expect(page.pressed()).toBe('Dark');
    const search = await loader.getHarness(SearchHarness);
    await search.type('mara');
    expect([await search.value(), page.left()]).toEqual(['mara', 'mara']);
  });

  it('read tables, and pick rows', async () => {
    const { loader } = await look();
    const table = await loader.getHarness(TableHarness);
    expect(await table.heads()).toEqual(['Who', 'State']);
    expect(await table.rows()).toEqual([
      ['', 'ann'],
      ['', 'ben'],
    ]);
    await (await table.row('ben')).pick();
    const picked = [...document.querySelectorAll<HTMLInputElement>('input.pick')];
    expect(picked.map(({ checked }) => checked)).toEqual([false, true]);
    await expect(table.row('zoe')).rejects.toThrow('no row with zoe');
  });

  it('read what a page says', async () => {
    const { page, loader } = await look();
    const notices = await loader.getAllHarnesses(NoticeHarness);
    expect(await Promise.all(notices.map((one) => one.tone()))).toEqual(['warn', 'plain']);
    expect(await notices[0]?.text()).toBe('Mind this.');
    const toast = await loader.getHarness(ToastHarness);
    expect(await toast.text()).toBe('Saved.');
    await toast.press('Undo');
    expect(page.pressed()).toBe('Undo');
    await expect(toast.press('Redo')).rejects.toThrow('no Redo at: Saved.');
    expect(await (await loader.getHarness(EmptyHarness)).heading()).toBe('Nobody here');
    expect(await loader.hasHarness(SkeletonHarness)).toBe(true);
    expect(await (await loader.getHarness(ChipHarness)).text()).toBe('Confirmed');
    expect(await (await loader.getHarness(FactsHarness)).all()).toEqual({
      Region: 'local',
      Name: 'shop',
    });
    expect(await (await loader.getHarness(RulesHarness)).unmet()).toEqual(['no name']);
    expect(await (await loader.getHarness(CodeHarness)).text()).toBe('npm start');
  });

  it('find dialogs that are open, and dismiss them', async () => {
    const { page, loader } = await look();
    const dialogs = await loader.getAllHarnesses(DialogHarness);
    expect(await Promise.all(dialogs.map((one) => one.heading()))).toEqual(['Sure?']);
    await dialogs[0]?.dismiss();
    expect(page.pressed()).toBe('Esc');
  });
});
