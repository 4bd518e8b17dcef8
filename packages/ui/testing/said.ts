import { ComponentHarness, ContentContainerComponentHarness } from '@angular/cdk/testing';
import { words } from './words.ts';

/** What a page says in a box of its own: `.notice`. */
export class NoticeHarness extends ComponentHarness {
  static hostSelector = '.notice';

  async text(): Promise<string> {
    return words(await (await this.host()).text());
  }

  async tone(): Promise<'good' | 'warn' | 'bad' | 'plain'> {
    const host = await this.host();
    for (const tone of ['good', 'warn', 'bad'] as const) {
      if (await host.hasClass(tone)) return tone;
    }
    return 'plain';
  }
}

/** A short message that goes by itself: `.toast`. */
export class ToastHarness extends ComponentHarness {
  static hostSelector = '.toast';

  async text(): Promise<string> {
    return words(await (await this.locatorFor('span')()).text());
  }

  /** Takes back what the message tells of, or closes it. */
  async press(name: string): Promise<void> {
    for (const button of await this.locatorForAll('button')()) {
      if (words(await button.text()) === name) return button.click();
    }
    throw new Error(`no ${name} at: ${await this.text()}`);
  }
}

/** What stands where there is nothing to list: `.empty`. */
export class EmptyHarness extends ComponentHarness {
  static hostSelector = '.empty';

  async heading(): Promise<string> {
    return words(await (await this.locatorFor('h2')()).text());
  }
}

/** What holds the place of something that is on its way: `.skeleton`. */
export class SkeletonHarness extends ComponentHarness {
  static hostSelector = '.skeleton';
}

/** A word for a state, in its colour: `.chip`. */
export class ChipHarness extends ComponentHarness {
  static hostSelector = '.chip';

  async text(): Promise<string> {
    return words(await (await this.host()).text());
  }
}

/** Names and values: `.facts`. */
export class FactsHarness extends ComponentHarness {
  static hostSelector = '.facts';

  async all(): Promise<Readonly<Record<string, string>>> {
    const [names, values] = [await this.locatorForAll('dt')(), await this.locatorForAll('dd')()];
    const pairs = names.map(async (name, index) => [
      words(await name.text()),
      words((await values[index]?.text()) ?? ''),
    ]);
    return Object.fromEntries(await Promise.all(pairs)) as Record<string, string>;
  }
}

/** Rules that are met one by one as somebody types: `.rules`. */
export class RulesHarness extends ComponentHarness {
  static hostSelector = '.rules';

  /** Those that are not met yet. */
  async unmet(): Promise<readonly string[]> {
    const rules = await this.locatorForAll('li:not(.met)')();
    return Promise.all(rules.map(async (rule) => words(await rule.text())));
  }
}

/** A dialog that is open: `.dialog`. */
export class DialogHarness extends ContentContainerComponentHarness {
  static hostSelector = 'dialog.dialog[open]';

  async heading(): Promise<string> {
    return words(await (await this.locatorFor('h2, h1')()).text());
  }

  async text(): Promise<string> {
    return words(await (await this.host()).text());
  }

  /** As Esc does. */
  async dismiss(): Promise<void> {
    return (await this.host()).dispatchEvent('cancel');
  }
}
