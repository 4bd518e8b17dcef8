import { ComponentHarness, HarnessPredicate, type TestElement } from '@angular/cdk/testing';
import { words } from './words.ts';

/** A field: `.field` with its label, its control, and below it help or what is wrong. */
export class FieldHarness extends ComponentHarness {
  static hostSelector = '.field';
  readonly #label = this.locatorForOptional('label, legend');
  readonly #control = this.locatorFor('input, textarea, select');
  readonly #problem = this.locatorForOptional('.problem');
  readonly #hint = this.locatorForOptional('.hint');

  /** By its label. */
  static labelled(label: string | RegExp): HarnessPredicate<FieldHarness> {
    return new HarnessPredicate(FieldHarness, {}).addOption('label', label, (field, wanted) =>
      HarnessPredicate.stringMatches(field.label(), wanted),
    );
  }

  async label(): Promise<string> {
    return textOf(await this.#label());
  }

  async value(): Promise<string> {
    return (await this.#control()).getProperty<string>('value');
  }

  /** Puts a text in place of what is there, and leaves the field. */
  async type(text: string): Promise<void> {
    const control = await this.#control();
    await control.setInputValue(text);
    await control.dispatchEvent('input');
    await control.dispatchEvent('change');
    await control.blur();
  }

  /** Chooses from a list by what is written there. */
  async choose(option: string): Promise<void> {
    const options = await this.locatorForAll('option')();
    const texts = await Promise.all(options.map(async (one) => words(await one.text())));
    const index = texts.indexOf(option);
    if (index < 0) throw new Error(`no ${option} among: ${texts.join(', ')}`);
    await (await this.#control()).selectOptions(index);
  }

  /** What is wrong; empty where nothing is. */
  async problem(): Promise<string> {
    return textOf(await this.#problem());
  }

  async hint(): Promise<string> {
    return textOf(await this.#hint());
  }

  async isOff(): Promise<boolean> {
    return (await this.#control()).getProperty<boolean>('disabled');
  }
}

async function textOf(element: TestElement | null): Promise<string> {
  return element === null ? '' : words(await element.text());
}
