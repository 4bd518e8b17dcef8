/** What browsers have and the DOM of the tests has not, as far as the console uses it. */

class Watcher {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

function toggle(element: HTMLElement, newState: 'open' | 'closed'): void {
  for (const type of ['beforetoggle', 'toggle']) {
    element.dispatchEvent(Object.assign(new Event(type), { newState }));
  }
}

Object.assign(globalThis, {
  ResizeObserver: Watcher,
  matchMedia: () => Object.assign(new EventTarget(), { matches: false }),
  // What a test does not speak for is not there.
  fetch: () => Promise.reject(new Error('Tests of pages fetch nothing.')),
  scrollBy() {},
  scrollTo() {},
});

Object.assign(HTMLDialogElement.prototype, {
  showModal(this: HTMLDialogElement) {
    this.open = true;
  },
  close(this: HTMLDialogElement) {
    this.open = false;
  },
});

Object.assign(Element.prototype, { checkVisibility: () => true, scrollIntoView() {} });

Object.assign(HTMLElement.prototype, {
  showPopover(this: HTMLElement) {
    toggle(this, 'open');
  },
  hidePopover(this: HTMLElement) {
    toggle(this, 'closed');
  },
});

afterEach(() => {
  document.body.replaceChildren();
  localStorage.clear();
  sessionStorage.clear();
});
