import { ComponentHarness, HarnessPredicate } from '@angular/cdk/testing';
import { words } from './words.ts';

/** A button, or a link that looks like one: `.btn`, `.chip-button`, and those within segments, tabs and menus. */
export class ButtonHarness extends ComponentHarness {
  static hostSelector = 'button, a, summary';

  /** By its name: what is written on it, or said in its place. */
  static named(name: string | RegExp): HarnessPredicate<ButtonHarness> {
    return new HarnessPredicate(ButtonHarness, {}).addOption('name', name, (button, wanted) =>
      HarnessPredicate.stringMatches(button.name(), wanted),
    );
  }

  async name(): Promise<string> {
    const host = await this.host();
    return (await host.getAttribute('aria-label')) ?? words(await host.text());
  }

  async press(): Promise<void> {
    return (await this.host()).click();
  }

  /** Whether it does nothing, be it that it cannot be reached either, or that it says why when it is. */
  async isOff(): Promise<boolean> {
    const host = await this.host();
    return (
      (await host.getProperty<boolean>('disabled')) === true ||
      (await host.getAttribute('aria-disabled')) === 'true'
    );
  }

  /** Why it does nothing; empty where it does not say. */
  async reason(): Promise<string> {
    return (await (await this.host()).getAttribute('aria-description')) ?? '';
  }

  /** Whether it is pressed, of those that stay so: `.segments`, `.tabs`, `.chip-button`. */
  async isPressed(): Promise<boolean> {
    return (await (await this.host()).getAttribute('aria-pressed')) === 'true';
  }
}
