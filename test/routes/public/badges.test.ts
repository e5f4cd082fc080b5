/** Badges for READMEs: a picture without scripts, and JSON for Shields; both follow the profile. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { contrast } from '../../../src/domain/color.ts';
import { ask, askAs, createPerson, freshName, stopClock } from '../../harness/fixtures.ts';
import { startClean } from '../../harness/worker.ts';

beforeEach(async () => {
  stopClock();
  await startClean();
});

afterEach(() => {
  vi.useRealTimers();
});

test('the picture names the profile in its colour, in letters that can be read on it', async () => {
  const { username, token } = await createPerson();
  for (const accentColor of ['#ffffff', '#ffe066', '#0ea5e9', '#000000']) {
    await askAs(token, 'PUT', '/api/profiles/me', { accentColor });
    const response = await ask(`/badge/${username}.svg`);
    expect(response.headers.get('Content-Type')).toBe('image/svg+xml');
    expect(response.headers.get('ETag')).toMatch(/^".+"$/);
    const svg = await response.text();
    expect(svg).toContain(`>@${username}</text>`);
    expect(svg).not.toMatch(/<script|href|url\((?!#)|<image/);
    const [, ground = ''] = /fill="(#[\da-f]{6})" d="M/.exec(svg) ?? [];
    const [, text = ''] =
      /fill="(#[\da-f]{6})" textLength/.exec(svg.slice(svg.indexOf('DevCard</text>'))) ?? [];
    expect(contrast(ground, text), accentColor).toBeGreaterThanOrEqual(4.5);
  }
});

test('Shields gets its JSON', async () => {
  const { username } = await createPerson();
  const response = await ask(`/badge/${username}.json`);
  expect(response.headers.get('Content-Type')).toBe('application/json');
  expect(await response.json()).toEqual({
    schemaVersion: 1,
    label: 'DevCard',
    message: `@${username}`,
    color: expect.stringMatching(/^#[\da-f]{6}$/),
  });
});

test('an old name leads on, an unknown one is not there', async () => {
  const { username, token } = await createPerson();
  const renamed = freshName();
  await askAs(token, 'PUT', '/api/profiles/me', { username: renamed });
  const moved = await ask(`/badge/${username}.svg`, { redirect: 'manual' });
  expect([moved.status, moved.headers.get('Location')]).toEqual([301, `/badge/${renamed}.svg`]);
  expect((await ask('/badge/nobody-has-this.svg')).status).toBe(404);
  expect((await ask(`/badge/${renamed}.gif`)).status).toBe(404);
});
