import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as views from './index.ts';
import { english, type Page } from './index.ts';
import { readPage, type Element } from './testing/read-page.ts';

const ENDS = Object.keys(english.confirmation.ends) as readonly views.ConfirmationEnd[];

/** Makes what somebody else decides; each time it is asked for under another name. */
type Given = (field: string) => string;

/** Every page, with all that others decide in it, which is what they like: names, codes, addresses. */
const PAGES: Readonly<Record<string, (given: Given) => Page>> = {
  confirmationAsk: (given) =>
    views.confirmationAsk({ application: given('application'), form: formOf(given) }, english),
  ...Object.fromEntries(
    ENDS.map((end) => [
      `confirmationEnded, ${end}`,
      (given: Given) =>
        views.confirmationEnded(
          {
            end,
            application: { name: given('application'), address: given('address') },
            again: formOf(given),
          },
          english,
        ),
    ]),
  ),
  'confirmationEnded, of nobody': () =>
    views.confirmationEnded({ end: 'invalid', application: undefined }, english),
  home: (given) => views.home({ publicUrl: given('publicUrl'), inbox: given('inbox') }, english),
  inbox: (given) =>
    views.inbox(
      {
        sends: { mail: true, sms: true },
        example: { url: given('url'), clientId: given('clientId'), region: given('region') },
      },
      english,
    ),
  noConsole: () => views.noConsole(english),
};

function formOf(given: Given): views.ConfirmationForm {
  const link = { clientId: given('clientId'), username: given('username'), code: given('code') };
  return { action: given('action'), link };
}

const harmless: Given = (field) => `https://example.com/${field}`;

const HOSTILE: Readonly<Record<string, string>> = {
  'a script': '</title></textarea></template></pre></noscript><script>alert(1)</script>',
  'an image': '<img src=x onerror=alert(1)>',
  'the end of an attribute': `" onfocus="alert(1)" autofocus x='`,
  'the end of an attribute in single quotes': `' onfocus='alert(1)' autofocus x="`,
  'a comment': '<!-- --!><base href="//evil.test">',
  entities: '&lt;script&gt;&quot;&#x3c;script&#62;',
  'a place for a text': '{app}{username}{constructor}{{app}}',
  'an address that runs': 'javascript:alert(1)//',
  'an address that runs, hidden': ' \tJaVaScRiPt\n:alert(1)',
  'an address that is a page': 'data:text/html,<script>alert(1)</script>',
  'an address elsewhere': '//evil.test/<b>',
  'an address that ends early': 'https://example.com/"><script>alert(1)</script>',
  'other scripts and directions': '\u202e\u05d0\u0627<bdo>\u0000\ufffd',
};

const named = (page: readonly Element[], ...names: string[]) =>
  page.filter(({ name }) => names.includes(name));
/** What a page is made of, whatever stands in it. */
const skeleton = (page: readonly Element[]) =>
  page.map(({ name, attributes, within }) => [name, Object.keys(attributes), within]);

test('each view is among the pages that are tested', () => {
  const tested = new Set(Object.keys(PAGES).map((name) => name.replace(/,.*/, '')));
  const made = Object.entries(views).filter(([, made]) => typeof made === 'function');
  assert.deepEqual(
    made.map(([name]) => name).filter((name) => name !== 'documentOf'),
    [...tested].sort(),
  );
});

for (const [name, view] of Object.entries(PAGES)) {
  suite(name, () => {
    for (const [what, text] of Object.entries(HOSTILE)) {
      test(`${what} in every field stays a text`, () => {
        const page = readPage(view((field) => `${text} ${field}`));
        assert.deepEqual(skeleton(page), skeleton(readPage(view(harmless))));
        for (const { attributes } of page) {
          for (const name of ['href', 'src', 'action']) {
            const address = new URL(attributes[name] ?? '', 'https://here.example');
            assert.match(address.protocol, /^(?:https?|unsafe):$/);
          }
        }
      });
    }

    test('what others decide is shown as it is', () => {
      const asked: string[] = [];
      const text = `<b>'"&`;
      const page = readPage(
        view((field) => {
          asked.push(`${text} ${field}`);
          return `${text} ${field}`;
        }),
      );
      const all = page.flatMap(({ attributes, text: own }) => [own, ...Object.values(attributes)]);
      // Where it leads nowhere, the address is not shown.
      for (const one of asked.filter((field) => !field.endsWith(' address'))) {
        assert(
          all.some((shown) => shown.includes(one)),
          one,
        );
      }
    });

    test('it says its language, what it is, and where its parts are', () => {
      const page = readPage(view(harmless));
      const [root] = named(page, 'html');
      assert.deepEqual(root?.attributes, { lang: 'en', dir: 'ltr' });
      const [title] = named(page, 'title');
      assert(title?.text);
      assert.equal(named(page, 'main').length, 1);
      const headings = named(page, 'h1', 'h2', 'h3').filter(({ within }) => within[0] !== 'svg');
      assert.equal(headings[0]?.name, 'h1');
      assert.equal(named(page, 'h1').length, 1);
      assert(headings.every(({ text }) => text));
      for (const part of named(page, 'nav', 'section')) assert(part.attributes['aria-label']);
      const ids = page.flatMap(({ attributes: { id } }) => id ?? []);
      assert.equal(new Set(ids).size, ids.length);
    });

    test('each field has a label, each button and link a name', () => {
      const page = readPage(view(harmless));
      const labelled = named(page, 'label').map((label) => label.text && label.attributes['for']);
      for (const { attributes } of named(page, 'input', 'select', 'textarea')) {
        if (attributes['type'] !== 'hidden') assert(labelled.includes(attributes['id'] ?? ''));
      }
      for (const { text } of named(page, 'button', 'a')) assert(text);
      for (const { attributes } of named(page, 'button')) assert(attributes['type']);
      for (const { attributes } of named(page, 'svg', 'img')) {
        assert(attributes['aria-hidden'] === 'true' || attributes['alt'] !== undefined);
      }
    });

    test('nothing stands in it that its policy forbids', () => {
      const made = view(harmless);
      const page = readPage(made);
      assert.equal(named(page, 'style', 'base', 'iframe', 'object', 'embed').length, 0);
      for (const { attributes } of page) {
        const forbidden = /^(?:on|style$|srcdoc$|formaction$)/;
        assert.deepEqual(
          Object.keys(attributes).filter((one) => forbidden.test(one)),
          [],
        );
      }
      for (const script of named(page, 'script')) {
        assert(script.attributes['src']);
        assert.equal(script.text, '');
      }
      const policy = made.policy ?? [];
      assert.equal(named(page, 'script').length > 0, policy.includes("script-src 'self'"));
      const isSent = named(page, 'form').some(({ attributes }) => attributes['method'] === 'post');
      if (isSent) assert(policy.includes("form-action 'self'"));
      assert.doesNotMatch(policy.join(), /unsafe|https?:|\*/);
    });

    test('it works without a script', () => {
      const page = readPage(view(harmless));
      const [without] = named(page, 'noscript');
      // Or says where the same is.
      if (named(page, 'script').length > 0) assert.match(without?.text ?? '', /\/inbox\/messages/);
      for (const button of named(page, 'button')) {
        const isSent = button.attributes['type'] === 'submit' && button.within.includes('form');
        assert(isSent || without !== undefined);
      }
    });

    test('no place of a text is left open', () => {
      for (const { name: element, text } of readPage(view(harmless))) {
        if (element !== 'script') assert.doesNotMatch(text, /\{\w+\}/);
      }
    });
  });
}

test('a confirmation that failed for good offers nothing to press, and one that did not leads on', () => {
  const of = (end: views.ConfirmationEnd) => {
    const address = 'https://example.com/in';
    const page = views.confirmationEnded({ end, application: { name: 'Shop', address } }, english);
    return named(readPage(page), 'a').map(({ attributes, text }) => [attributes['href'], text]);
  };
  const way = [['https://example.com/in', 'Go to Shop']];
  for (const end of ENDS) {
    const leads = ['confirmed', 'already-confirmed', 'expired', 'alias-taken'].includes(end);
    assert.deepEqual(of(end), leads ? way : [], end);
  }
});
