import { ComponentHarness, HarnessPredicate } from '@angular/cdk/testing';
import { words } from './words.ts';

/** A box to tick or one of several, with its words beside it: `.opt`, `.check`. */
export class ChoiceHarness extends ComponentHarness {
  static hostSelector = 'label.opt, label.check';
  readonly #control = this.locatorFor('input');

  /** By what its words begin with. */
  static beginning(text: string): HarnessPredicate<ChoiceHarness> {
    return new HarnessPredicate(ChoiceHarness, {}).addOption('text', text, async (choice, wanted) =>
      (await choice.text()).startsWith(wanted),
    );
  }

  async text(): Promise<string> {
    return words(await (await this.host()).text());
  }

  async isChosen(): Promise<boolean> {
    return (await this.#control()).getProperty<boolean>('checked');
  }

  /** Ticks it, or takes the tick away; chooses it where it is one of several. */
  async press(): Promise<void> {
    return (await this.#control()).click();
  }

  async isOff(): Promise<boolean> {
    return (await this.#control()).getProperty<boolean>('disabled');
  }
}
