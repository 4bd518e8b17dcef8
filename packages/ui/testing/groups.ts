import { ComponentHarness, HarnessPredicate } from '@angular/cdk/testing';
import { ButtonHarness } from './button.ts';
import { words } from './words.ts';

/** Buttons of which some stay pressed: `.segments`, `.tabs`, `.chips`. */
export class SegmentsHarness extends ComponentHarness {
  static hostSelector = '.segments, .tabs, .chips';
  readonly #buttons = this.locatorForAll(ButtonHarness);

  /** By what they are about. */
  static labelled(label: string): HarnessPredicate<SegmentsHarness> {
    return new HarnessPredicate(SegmentsHarness, {}).addOption(
      'label',
      label,
      async (segments, wanted) =>
        (await (await segments.host()).getAttribute('aria-label')) === wanted,
    );
  }

  async names(): Promise<readonly string[]> {
    return Promise.all((await this.#buttons()).map((button) => button.name()));
  }

  /** Those that are pressed. */
  async chosen(): Promise<readonly string[]> {
    const chosen: string[] = [];
    for (const button of await this.#buttons()) {
      if (await button.isPressed()) chosen.push(await button.name());
    }
    return chosen;
  }

  async choose(name: string): Promise<void> {
    return (await this.locatorFor(ButtonHarness.named(name))()).press();
  }
}

/** What opens at a button: `.menu`. */
export class MenuHarness extends ComponentHarness {
  static hostSelector = '.menu';

  /** What can be chosen, in order; what does nothing for this role too. */
  async names(): Promise<readonly string[]> {
    const buttons = await this.locatorForAll(ButtonHarness)();
    return Promise.all(buttons.map((button) => button.name()));
  }

  async press(name: string): Promise<void> {
    return (await this.locatorFor(ButtonHarness.named(name))()).press();
  }
}

/** A field to search in: `.search`. */
export class SearchHarness extends ComponentHarness {
  static hostSelector = '.search';
  readonly #control = this.locatorFor('input');

  async type(text: string): Promise<void> {
    const control = await this.#control();
    await control.setInputValue(text);
    await control.dispatchEvent('input');
  }

  async value(): Promise<string> {
    return (await this.#control()).getProperty<string>('value');
  }
}

/** Text to be copied: `.code-block`. */
export class CodeHarness extends ComponentHarness {
  static hostSelector = '.code-block';

  async text(): Promise<string> {
    return words(await (await this.host()).text());
  }
}
