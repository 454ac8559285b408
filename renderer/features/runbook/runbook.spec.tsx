// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { appError } from '../../../shared/errors';
import { err, ok } from '../../../shared/result';
import type { RunbookPage as PageData, RunbookEntry, RunbookHit } from '../../../shared/runbook-contract';
import { useUi } from '../../store/ui';
import { type FakeApi, installFakeApi } from '../../testing/fake-api';
import { renderWindow, resetWindow } from '../../testing/render';
import { destinationOf, fittingPage } from './fitting-page';
import { step, useRunbookHistory } from './history';
import { headingsOf, rowId, textOf } from './markdown-model';
import { RunbookPage } from './runbook-page';

const entries: RunbookEntry[] = [
  { id: 'start-here', section: 'now', title: 'Start here', summary: 'First.' },
  { id: 'policy', section: 'understand', title: 'The policy', summary: 'What it says.' },
];
const hit: RunbookHit = {
  pageId: 'policy',
  anchor: 'defaults',
  title: 'The policy',
  heading: 'Defaults',
  excerpt: [
    { text: 'ten ', hit: false },
    { text: 'minutes', hit: true },
  ],
};
const pages: Readonly<Record<string, string>> = {
  'start-here':
    'See [the policy](policy#defaults), [the fleet](app:fleet), [far away](https://example.com), [nowhere](app:nothing).\n\n<b>bold</b> ![picture](https://example.com/x.png)\n\n```batch\nnet user\n```\n',
  policy:
    '## Read it\n\nText.\n\n### Deeper\n\n## Defaults\n\n| Code | Means |\n| --- | --- |\n| 0xC0000234 | locked |\n',
};
const pageOf = (id: RunbookEntry['id']): PageData => ({
  ...(entries.find((entry) => entry.id === id) as RunbookEntry),
  language: 'en',
  markdown: pages[id] ?? '',
  rowAnchors: true,
});

function Shown() {
  const route = useUi((state) => state.route);
  return route.page === 'runbook' ? <RunbookPage route={route} /> : <p>elsewhere: {route.page}</p>;
}

describe('the runbook', () => {
  let api: FakeApi;
  beforeEach(() => {
    resetWindow();
    useRunbookHistory.setState(useRunbookHistory.getInitialState(), true);
    api = installFakeApi();
    api.answer('runbook.contents', () => ok(entries));
    api.answer('runbook.page', (input) => ok(pageOf((input as { id: RunbookEntry['id'] }).id)));
    api.answer('runbook.search', (input) => ok((input as { text: string }).text === 'minutes' ? [hit] : []));
    Element.prototype.scrollIntoView = vi.fn();
  });
  const show = (pageId: string | null = null): void => {
    renderWindow(<Shown />);
    useUi.getState().go({ page: 'runbook', pageId });
  };
  const field = () => screen.findByRole('textbox', { name: 'Search the runbook' });

  it('lists its pages by section', async () => {
    show();
    expect(await screen.findByRole('heading', { name: 'Right now' })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: /The policy/ }));
    expect(await screen.findByRole('heading', { level: 1, name: 'The policy' })).toBeTruthy();
  });

  it('finds while one types, and Enter opens the first hit at its place', async () => {
    show();
    const search = await field();
    fireEvent.change(search, { target: { value: 'minutes' } });
    expect((await screen.findByText('minutes', { selector: 'mark' })).textContent).toBe('minutes');
    fireEvent.keyDown(search, { key: 'Enter' });
    expect(await screen.findByRole('heading', { level: 1, name: 'The policy' })).toBeTruthy();
    expect(useUi.getState().route).toEqual({ page: 'runbook', pageId: 'policy', anchor: 'defaults' });
  });

  it('lets Enter come before the answer', async () => {
    show();
    const search = await field();
    fireEvent.change(search, { target: { value: 'minutes' } });
    fireEvent.keyDown(search, { key: 'Enter' });
    expect(await screen.findByRole('heading', { level: 1, name: 'The policy' })).toBeTruthy();
  });

  it('says so when nothing is found, and Escape gives the page back', async () => {
    show('start-here');
    const search = await field();
    fireEvent.change(search, { target: { value: 'qqq' } });
    expect(await screen.findByText(/Nothing was found/)).toBeTruthy();
    fireEvent.keyDown(search, { key: 'Escape' });
    expect(await screen.findByRole('heading', { level: 1, name: 'Start here' })).toBeTruthy();
  });

  it('leads to pages, places and parts of the app, and nowhere else', async () => {
    show('start-here');
    fireEvent.click(await screen.findByRole('link', { name: 'the policy' }));
    expect(useUi.getState().route).toEqual({ page: 'runbook', pageId: 'policy', anchor: 'defaults' });
    step(-1);
    const links = await screen.findAllByRole('link');
    expect(links.map(({ textContent }) => textContent)).toEqual(['the policy', 'the fleet']);
    fireEvent.click(screen.getByRole('link', { name: 'the fleet' }));
    expect(await screen.findByText('elsewhere: fleet')).toBeTruthy();
  });

  it('shows neither HTML nor images', async () => {
    show('start-here');
    await screen.findByText(/far away/);
    expect(document.querySelector('img, b')).toBeNull();
    expect(screen.getByText('picture')).toBeTruthy();
  });

  it('names the headings and rows that links lead to', async () => {
    show('policy');
    await screen.findByRole('heading', { level: 2, name: 'Read it' });
    expect(document.getElementById('runbook-defaults')?.tagName).toBe('H2');
    expect(document.getElementById('runbook-0xc0000234')?.tagName).toBe('TR');
  });

  it('shows the contents for a page that there is not', async () => {
    show('of another version');
    expect(await screen.findByRole('heading', { level: 1, name: 'Runbook' })).toBeTruthy();
  });

  it('prints, and says what came of it', async () => {
    api.answer('runbook.print', (input) =>
      (input as { to: string }).to === 'pdf'
        ? ok({ path: '/tmp/page.pdf' })
        : err(appError('print.noPrinter')),
    );
    show('policy');
    fireEvent.click(await screen.findByRole('button', { name: 'Save as PDF' }));
    await waitFor(() => expect(useUi.getState().toasts.at(-1)?.text).toBe('Saved as /tmp/page.pdf'));
    fireEvent.click(screen.getByRole('button', { name: 'Print' }));
    await waitFor(() => expect(useUi.getState().toasts.at(-1)?.intent).toBe('error'));
    expect(api.inputsOf('runbook.print')).toEqual([
      { id: 'policy', to: 'pdf' },
      { id: 'policy', to: 'printer' },
    ]);
  });

  it('says nothing when the print dialog was closed', async () => {
    api.answer('runbook.print', () => err(appError('app.cancelled')));
    show('policy');
    fireEvent.click(await screen.findByRole('button', { name: 'Print' }));
    await waitFor(() => expect(api.inputsOf('runbook.print')).toHaveLength(1));
    expect(useUi.getState().toasts).toEqual([]);
  });

  it('goes back the way one came, out of the runbook too', async () => {
    renderWindow(<Shown />);
    const { go } = useUi.getState();
    go({ page: 'audit' });
    go({ page: 'runbook', pageId: 'start-here' });
    go({ page: 'runbook', pageId: 'policy' });
    step(-1);
    expect(useUi.getState().route).toMatchObject({ pageId: 'start-here' });
    step(1);
    expect(useUi.getState().route).toMatchObject({ pageId: 'policy' });
    step(1);
    expect(useUi.getState().route).toMatchObject({ pageId: 'policy' });
    step(-1);
    go({ page: 'runbook', pageId: null });
    step(1);
    expect(useUi.getState().route).toMatchObject({ pageId: null });
    step(-1);
    step(-1);
    expect(useUi.getState().route).toEqual({ page: 'audit' });
  });
});

describe('what fits', () => {
  const instance = { page: 'instance', instanceId: 'i', accountKey: null } as const;

  it('is the page about what is shown, a dialog first', () => {
    expect(fittingPage(instance, null)).toBe('causes');
    expect(fittingPage(instance, { kind: 'isolate', ids: ['i'] })).toBe('isolation');
    expect(fittingPage({ page: 'fleet' }, null)).toBe('start-here');
  });

  it('leads back to the instance that was left', () => {
    expect(destinationOf('instance', instance)).toEqual(instance);
    expect(destinationOf('instance', { page: 'audit' })).toEqual({ page: 'fleet' });
    expect(destinationOf('cloud', instance)).toEqual({ page: 'cloud' });
  });
});

describe('the text of a page', () => {
  it('has its headings, but none of its code', () => {
    expect(headingsOf('## One `two`\n\n```\n## no\n```\n\n### [Three](policy)\n#### four')).toEqual([
      { anchor: 'one-two', text: 'One two', level: 2 },
      { anchor: 'three', text: 'Three', level: 3 },
    ]);
  });

  it('reads words through what marks them', () => {
    const cell = { type: 'element', tagName: 'td', children: [{ type: 'text', value: '4740' }] };
    expect(textOf({ type: 'element', children: [cell, { type: 'text', value: ' x' }] })).toBe('4740 x');
    expect(rowId({ type: 'element', tagName: 'tr', children: [{ type: 'text', value: '\n' }, cell] })).toBe(
      'runbook-4740',
    );
    expect(rowId({ type: 'element', children: [{ ...cell, tagName: 'th' }] })).toBeUndefined();
  });
});
