import { ComponentHarness } from '@angular/cdk/testing';
import { ButtonHarness } from './button.ts';
import { MenuHarness } from './groups.ts';
import { words } from './words.ts';

/** A table of records: `.table`. */
export class TableHarness extends ComponentHarness {
  static hostSelector = '.table';

  /** The heads of its columns. */
  async heads(): Promise<readonly string[]> {
    const heads = await this.locatorForAll('thead th')();
    return Promise.all(heads.map(async (head) => words(await head.text())));
  }

  /** Its rows, each a list of what its cells say. */
  async rows(): Promise<readonly (readonly string[])[]> {
    const rows = await this.locatorForAll(RowHarness)();
    return Promise.all(rows.map((row) => row.cells()));
  }

  /** The row that has this in a cell. */
  async row(text: string): Promise<RowHarness> {
    for (const row of await this.locatorForAll(RowHarness)()) {
      if ((await row.cells()).some((cell) => cell.includes(text))) return row;
    }
    throw new Error(`no row with ${text} among: ${JSON.stringify(await this.rows())}`);
  }
}

/** A row of a table. */
export class RowHarness extends ComponentHarness {
  static hostSelector = '.table tbody tr';

  async cells(): Promise<readonly string[]> {
    const cells = await this.locatorForAll('td, th')();
    return Promise.all(cells.map(async (cell) => words(await cell.text())));
  }

  /** Presses a button of the row, or of the menu that belongs to it. */
  async press(name: string): Promise<void> {
    return (await this.locatorFor(ButtonHarness.named(name))()).press();
  }

  /** What the row's menu offers. */
  async menu(): Promise<readonly string[]> {
    return (await this.locatorFor(MenuHarness)()).names();
  }

  /** Chooses the row, or chooses it no more. */
  async pick(): Promise<void> {
    return (await this.locatorFor('input.pick')()).click();
  }
}
