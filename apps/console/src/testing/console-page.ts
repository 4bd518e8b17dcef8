import type { HarnessLoader } from '@angular/cdk/testing';
import {
  ButtonHarness,
  ChipHarness,
  ChoiceHarness,
  CodeHarness,
  DialogHarness,
  EmptyHarness,
  FactsHarness,
  FieldHarness,
  NoticeHarness,
  RulesHarness,
  SearchHarness,
  SegmentsHarness,
  SkeletonHarness,
  TableHarness,
  ToastHarness,
  words,
} from '@poolhouse/ui/testing';

/** Where a page is, and how to get to another. */
interface Ways {
  readonly url: () => string;
  readonly go: (to: string) => Promise<boolean>;
  readonly rest: () => Promise<void>;
}

/** The console as people use it: by what is written on it. While a dialog is open nothing else can be reached. */
export class ConsolePage {
  readonly #root: HarnessLoader;
  readonly #ways: Ways;

  constructor(root: HarnessLoader, ways: Ways) {
    this.#root = root;
    this.#ways = ways;
  }

  get url(): string {
    return this.#ways.url();
  }

  /** Opens another address, as a link does; `false` where the page is not left. */
  async go(to: string): Promise<boolean> {
    const isLeft = await this.#ways.go(to);
    await this.#ways.rest();
    return isLeft;
  }

  /** Waits for what a page does after it was drawn. */
  rest(): Promise<void> {
    return this.#ways.rest();
  }

  /** The dialog that is open, the last one where there are several. */
  async dialog(): Promise<DialogHarness | undefined> {
    return (await this.#root.getAllHarnesses(DialogHarness)).at(-1);
  }

  /** What the page says, without its rail. */
  async text(): Promise<string> {
    const main = document.querySelector('main');
    return words(main?.textContent ?? '');
  }

  async heading(): Promise<string> {
    const dialog = await this.dialog();
    return dialog ? dialog.heading() : words(document.querySelector('h1')?.textContent ?? '');
  }

  async press(name: string | RegExp): Promise<void> {
    await (await this.button(name)).press();
    await this.#ways.rest();
  }

  async button(name: string | RegExp): Promise<ButtonHarness> {
    return (await this.#reached()).getHarness(ButtonHarness.named(name));
  }

  async hasButton(name: string | RegExp): Promise<boolean> {
    return (await this.#reached()).hasHarness(ButtonHarness.named(name));
  }

  async field(label: string | RegExp): Promise<FieldHarness> {
    return (await this.#reached()).getHarness(FieldHarness.labelled(label));
  }

  async hasField(label: string | RegExp): Promise<boolean> {
    return (await this.#reached()).hasHarness(FieldHarness.labelled(label));
  }

  async type(label: string | RegExp, text: string): Promise<void> {
    return (await this.field(label)).type(text);
  }

  async value(label: string | RegExp): Promise<string> {
    return (await this.field(label)).value();
  }

  async problem(label: string | RegExp): Promise<string> {
    return (await this.field(label)).problem();
  }

  /** A box to tick, or one of several, by what its words begin with. */
  async choice(text: string): Promise<ChoiceHarness> {
    return (await this.#reached()).getHarness(ChoiceHarness.beginning(text));
  }

  async choose(text: string): Promise<void> {
    return (await this.choice(text)).press();
  }

  /** Chooses from a list that is no field of a form. */
  async chooseIn(selector: string, option: string): Promise<void> {
    const list = document.querySelector<HTMLSelectElement>(selector);
    if (list === null) throw new Error(`no list ${selector}`);
    list.value = option;
    list.dispatchEvent(new Event('change'));
    await this.#ways.rest();
  }

  /** The field to search in. */
  async search(text: string): Promise<void> {
    return (await this.#root.getHarness(SearchHarness)).type(text);
  }

  /** Buttons of which some stay pressed, by what they are about. */
  async segments(label: string): Promise<SegmentsHarness> {
    return (await this.#reached()).getHarness(SegmentsHarness.labelled(label));
  }

  async code(): Promise<string> {
    return (await (await this.#reached()).getHarness(CodeHarness)).text();
  }

  async table(): Promise<TableHarness> {
    return (await this.#reached()).getHarness(TableHarness);
  }

  async hasTable(): Promise<boolean> {
    return (await this.#reached()).hasHarness(TableHarness);
  }

  async facts(): Promise<Readonly<Record<string, string>>> {
    const all = await (await this.#reached()).getAllHarnesses(FactsHarness);
    return Object.assign({}, ...(await Promise.all(all.map((facts) => facts.all())))) as Record<
      string,
      string
    >;
  }

  /** What the page says in boxes of their own. */
  async notices(): Promise<readonly string[]> {
    const all = await (await this.#reached()).getAllHarnesses(NoticeHarness);
    return Promise.all(all.map((notice) => notice.text()));
  }

  async chips(): Promise<readonly string[]> {
    const all = await (await this.#reached()).getAllHarnesses(ChipHarness);
    return Promise.all(all.map((chip) => chip.text()));
  }

  /** The rules that a password does not meet yet. */
  async unmetRules(): Promise<readonly string[]> {
    return (await (await this.#reached()).getHarness(RulesHarness)).unmet();
  }

  /** What stands where there is nothing to list. */
  async empty(): Promise<string> {
    return (await this.#root.getHarness(EmptyHarness)).heading();
  }

  async isLoading(): Promise<boolean> {
    return this.#root.hasHarness(SkeletonHarness);
  }

  async toasts(): Promise<readonly string[]> {
    const all = await this.#root.getAllHarnesses(ToastHarness);
    return Promise.all(all.map((toast) => toast.text()));
  }

  async pressToast(name: string): Promise<void> {
    return (await this.#root.getHarness(ToastHarness)).press(name);
  }

  async #reached(): Promise<HarnessLoader> {
    return (await this.dialog()) ? this.#root.getChildLoader('dialog[open]') : this.#root;
  }
}
