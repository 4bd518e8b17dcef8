// The inbox: a list that keeps itself up to date, and a pane that shows one message. Every text enters the page as text,
// never as HTML; a mail's own HTML stands in a frame without an origin. What it says itself, the page hands over: its texts are the views'.

import { element, fill } from './element.js';

const POLL_MS = 2000;
/** Shared with the console, which has the same switch: whoever speaks to the computer turns single keys off once. */
const SHORTCUTS_KEY = 'poolhouse.shortcuts';
const narrow = matchMedia('(max-width: 760px)');

const byId = (id) => document.getElementById(id);
const list = byId('messages');
const reading = byId('reading');
const search = byId('search');
const live = byId('live');
const announce = byId('announce');
const panes = document.querySelector('.panes');
const keysSwitch = byId('keys');
const words = JSON.parse(panes.dataset.words);

let messages = [];
let current;
let selected = decodeURIComponent(location.hash.slice(1));
let known;
let shownList = '';
let shownMessage = '';
const unread = new Set();

async function load() {
  const query = search.value.trim();
  try {
    const address = query ? `/inbox/messages?q=${encodeURIComponent(query)}` : '/inbox/messages';
    const response = await fetch(address, {
      cache: 'no-store',
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) throw new Error(`status ${response.status}`);
    const answer = await response.json();
    if (query !== search.value.trim()) return;
    messages = answer.messages;
    setLive(true);
  } catch {
    setLive(false);
    return;
  }
  noteNew(query);
  renderList(query);
  renderMessage();
}

function setLive(works) {
  const text = works ? words.live : words.away;
  if (live.textContent === text) return;
  live.textContent = text;
  live.className = `live chip ${works ? 'good' : 'bad'}`;
}

/** Marks what came since the page was opened, and says so to people who do not see it appear. */
function noteNew(query) {
  if (known === undefined) {
    known = new Set(messages.map(({ id }) => id));
    return;
  }
  const fresh = messages.filter(({ id }) => !known.has(id));
  for (const { id } of fresh) {
    known.add(id);
    unread.add(id);
  }
  const [newest] = fresh;
  if (newest && !query) {
    announce.textContent = fill(newest.medium === 'SMS' ? words.newSms : words.newMail, newest);
  }
}

function renderList(query) {
  const signature = JSON.stringify([
    query,
    selected,
    [...unread],
    new Date().getDate(),
    messages.map(({ id, state, reason }) => [id, state, reason]),
  ]);
  if (signature === shownList) return;
  shownList = signature;
  const focused = document.activeElement?.closest?.('.row')?.dataset.id;
  list.replaceChildren(...messages.map(row));
  if (focused) rowOf(focused)?.focus({ preventScroll: true });
  if (messages.length === 0 && query) {
    list.append(
      element(
        'li',
        { class: 'none' },
        element('p', {}, fill(words.none, { query })),
        element(
          'button',
          { class: 'btn', type: 'button', onclick: clearSearch },
          words.clearSearch,
        ),
      ),
    );
  }
}

function row(message) {
  const { id, to, medium, subject, text, sentAt, state, reason, username } = message;
  const at = new Date(sentAt);
  return element(
    'li',
    {},
    element(
      'button',
      {
        type: 'button',
        class: unread.has(id) ? 'row new' : 'row',
        'data-id': id,
        'aria-current': id === selected ? 'true' : undefined,
        onclick: () => select(id),
      },
      element('span', { class: 'to' }, to),
      element(
        'time',
        { class: 'at faint', datetime: sentAt, title: at.toLocaleString() },
        shortTime(at),
      ),
      element('span', { class: 'what muted' }, medium === 'SMS' ? text : subject),
      element(
        'span',
        { class: 'marks' },
        unread.has(id) && element('span', { class: 'unseen' }, words.unread),
        medium === 'SMS' && element('span', { class: 'chip plain' }, words.sms),
        state === 'waiting' && reason && element('span', { class: 'chip warn' }, words.waiting),
        state === 'parked' && element('span', { class: 'chip bad' }, words.parked),
      ),
      element('span', { class: 'unseen' }, ` ${fill(words.about, { username })}`),
    ),
  );
}

function shortTime(at) {
  const today = new Date().toDateString() === at.toDateString();
  return today
    ? at.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
    : at.toLocaleDateString(undefined, { day: 'numeric', month: 'short' });
}

function rowOf(id) {
  return list.querySelector(`.row[data-id="${CSS.escape(id)}"]`);
}

function select(id, { focus = narrow.matches } = {}) {
  const opensPane = narrow.matches && panes.dataset.pane === 'list';
  selected = id;
  unread.delete(id);
  const address = `#${encodeURIComponent(id)}`;
  // On a phone the message is a step of its own, so that "back" leads to the list.
  if (opensPane) history.pushState({ pane: 'message' }, '', address);
  else history.replaceState(history.state, '', address);
  panes.dataset.pane = 'message';
  renderList(search.value.trim());
  renderMessage();
  if (focus) reading.focus({ preventScroll: true });
}

function showList() {
  panes.dataset.pane = 'list';
  rowOf(selected)?.focus({ preventScroll: true });
}

function back() {
  if (history.state?.pane === 'message') history.back();
  else showList();
}

function renderMessage() {
  // A search that hides the message does not take it out of one's hands.
  const message =
    messages.find(({ id }) => id === selected) ?? (current?.id === selected ? current : undefined);
  current = message;
  const signature = message
    ? JSON.stringify([message.id, message.state, message.reason])
    : `none ${messages.length === 0 && !search.value.trim()}`;
  if (signature === shownMessage) return;
  shownMessage = signature;
  if (message) reading.replaceChildren(...messageParts(message));
  else if (messages.length > 0 || search.value.trim()) reading.replaceChildren(nothingChosen());
  else {
    reading.replaceChildren(byId('empty').content.cloneNode(true));
    panes.dataset.pane = 'empty';
  }
  if (messages.length > 0 && panes.dataset.pane === 'empty') panes.dataset.pane = 'list';
  document.title = message
    ? fill(words.titleOf, { subject: message.subject || words.sms })
    : words.title;
}

function nothingChosen() {
  return element(
    'div',
    { class: 'empty' },
    element('h2', {}, words.choose),
    element('p', { class: 'muted' }, words.chooseText),
  );
}

function messageParts(message) {
  const { id, to, medium, subject, occasion, username, poolId, sentAt, text } = message;
  const head = element(
    'div',
    { class: 'head' },
    element(
      'button',
      { class: 'btn ghost back', type: 'button', onclick: back },
      `← ${words.back}`,
    ),
    element('h2', {}, medium === 'SMS' ? words.sms : subject || words.noSubject),
    element(
      'dl',
      { class: 'facts' },
      fact(words.to, to),
      fact(words.user, username),
      fact(words.occasion, words.occasions[occasion] ?? occasion),
      fact(words.written, new Date(sentAt).toLocaleString()),
      fact(words.pool, poolId, 'mono'),
    ),
  );
  const content =
    medium === 'SMS'
      ? element('div', { class: 'phone' }, element('p', { class: 'bubble' }, text))
      : element('iframe', {
          class: 'mail',
          title: words.mail,
          sandbox: 'allow-popups allow-popups-to-escape-sandbox',
          src: `/inbox/messages/${encodeURIComponent(id)}/body`,
        });
  return [head, ...stateOf(message), ...actionsOf(message), content].filter(Boolean);
}

function fact(name, value, look = '') {
  return element('div', {}, element('dt', {}, name), element('dd', { class: look }, value));
}

function stateOf({ state, reason }) {
  if (state === 'sent') return [];
  const told =
    state === 'parked'
      ? ['bad', words.parked, words.parkedNext]
      : ['warn', words.waiting, words.waitingNext];
  if (state === 'waiting' && !reason) return [];
  const [tone, title, next] = told;
  return [
    element(
      'p',
      { class: `notice ${tone}` },
      element('b', {}, title),
      element('span', {}, `${(reason ?? '').replace(/[^.]$/, '$&.')} ${next}`.trim()),
    ),
  ];
}

function actionsOf({ code, link, occasion }) {
  const isWeb = link !== undefined && /^https?:\/\//.test(link);
  if (code === undefined && !isWeb) return [];
  const [label, copyLabel] =
    occasion === 'AdminCreateUser'
      ? [words.password, words.copyPassword]
      : [words.code, words.copyCode];
  return [
    element(
      'div',
      { class: 'actions' },
      ...(code === undefined
        ? []
        : [
            element(
              'div',
              { class: 'code' },
              element('span', { class: 'faint' }, label),
              element('output', { class: 'mono', id: 'code' }, code),
            ),
            copyButton(copyLabel, code),
          ]),
      ...(isWeb
        ? [
            element(
              'a',
              {
                class: 'btn primary',
                id: 'link',
                href: link,
                target: '_blank',
                rel: 'noopener noreferrer',
              },
              words.openLink,
            ),
            copyButton(words.copyLink, link),
          ]
        : []),
    ),
  ];
}

function copyButton(label, text) {
  const button = element('button', { class: 'btn', type: 'button', id: 'copy' }, label);
  button.addEventListener('click', () => copy(button, text));
  return button;
}

async function copy(button, text) {
  const label = button.dataset.label ?? button.textContent;
  button.dataset.label = label;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = words.copied;
    announce.textContent = words.copied;
  } catch {
    button.textContent = words.copyFailed;
  }
  setTimeout(() => (button.textContent = label), 1500);
}

function clearSearch() {
  search.value = '';
  void load();
  search.focus();
}

function move(step) {
  if (messages.length === 0) return;
  const index = messages.findIndex(({ id }) => id === selected);
  const next = messages[Math.min(Math.max(index + step, 0), messages.length - 1)];
  if (next === undefined) return;
  if (narrow.matches) rowOf(next.id)?.focus();
  else select(next.id, { focus: false });
  const target = rowOf(next.id);
  target?.focus({ preventScroll: true });
  target?.scrollIntoView({ block: 'nearest' });
}

let hasShortcuts = localStorage.getItem(SHORTCUTS_KEY) !== 'off';

function showShortcuts() {
  keysSwitch.setAttribute('aria-checked', String(hasShortcuts));
  document.body.dataset.keys = hasShortcuts ? 'on' : 'off';
  byId('keys-now').textContent = hasShortcuts ? words.shortcutsOn : words.shortcutsOff;
}

keysSwitch.addEventListener('click', () => {
  hasShortcuts = !hasShortcuts;
  if (hasShortcuts) localStorage.removeItem(SHORTCUTS_KEY);
  else localStorage.setItem(SHORTCUTS_KEY, 'off');
  showShortcuts();
});
showShortcuts();

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target === search;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    if (document.activeElement?.closest('pre')) return;
    event.preventDefault();
    move(event.key === 'ArrowDown' ? 1 : -1);
  } else if (event.key === 'Escape') {
    if (typing && search.value) clearSearch();
    else if (typing) search.blur();
    else if (panes.dataset.pane === 'message') narrow.matches ? back() : showList();
  } else if (typing || !hasShortcuts) return;
  else if (event.key === '/') {
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key === 'c') byId('copy')?.click();
  else if (event.key === 'o') byId('link')?.click();
});

let typed;
search.addEventListener('input', () => {
  clearTimeout(typed);
  typed = setTimeout(load, 120);
});
byId('search-form').addEventListener('submit', (event) => event.preventDefault());
reading.addEventListener('click', (event) => {
  const button = event.target.closest('[data-copy]');
  if (button) void copy(button, byId(button.dataset.copy).textContent);
});
addEventListener('popstate', showList);
document.addEventListener('visibilitychange', () => document.hidden || load());

async function poll() {
  if (!document.hidden) await load();
  setTimeout(poll, POLL_MS);
}

if (selected) panes.dataset.pane = 'message';
await load();
// People who open the inbox mostly want the newest message; on a phone that would hide the list.
if (!narrow.matches && !messages.some(({ id }) => id === selected) && messages[0])
  select(messages[0].id);
setTimeout(poll, POLL_MS);
