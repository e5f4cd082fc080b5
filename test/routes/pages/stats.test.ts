/** `/me/stats`: for the owner alone, readable as text. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ask, askAs, createPerson, stopClock } from '../../harness/fixtures.ts';
import { look, reportWith } from '../../harness/visitors.ts';
import { sql, startClean } from '../../harness/worker.ts';

beforeEach(async () => {
  stopClock();
  await startClean();
});

afterEach(() => {
  vi.useRealTimers();
});

test('who is not signed in, or no longer, is shown the ways in, which lead back here', async () => {
  const { id, token } = await createPerson();
  await sql('UPDATE users SET session_epoch = 1 WHERE id = $1', [id]);
  for (const response of [
    await ask('/me/stats'),
    await ask('/me/stats', { headers: { Authorization: `Bearer ${token}` } }),
  ]) {
    expect(response.status).toBe(401);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(await response.text()).toContain('<h1>Make your card</h1>');
  }
});

test('shows the numbers in words, as bars and as a table', async () => {
  vi.setSystemTime(Date.UTC(2027, 0, 15, 12));
  const { username, token } = await createPerson();
  await look(`/u/${username}?source=qr`);
  await look(`/u/${username}?source=qr`, { country: 'T1' });
  await look(`/u/${username}`, { country: 'FR', address: '203.0.113.9' });
  await reportWith(3, token);
  const response = await askAs(token, 'GET', '/me/stats?days=90');
  expect(response.status).toBe(200);
  expect(response.headers.get('Cache-Control')).toBe('no-store');
  expect(response.headers.get('Content-Security-Policy')).not.toContain('unsafe-inline');
  const html = await response.text();
  expect(html).toContain('aria-label="Views a day: 3 views in 90 days, at most 3 on one.');
  expect(html).toContain('<h3>QR code</h3><p>2 views</p>');
  expect(html).toContain('<h3>France</h3><p>1 view</p>');
  expect(html).toContain('<h3>Tor network</h3><p>1 view</p>');
  expect(html).toContain(
    '<tr><th scope="row">Jan 15, 2027</th><td>3</td><td>2</td><td>2</td><td>1</td><td>0</td><td>0</td><td>0</td></tr>',
  );
  expect(html).toContain('<tr><th scope="row">France</th><td>1</td></tr>');
  expect(html).toContain('href="/api/analytics/views.csv?days=90"');
  expect(html).toContain('<a href="?days=90" aria-current="page">');
});

test('shows a card that nobody looked at yet, and thirty days unless asked otherwise', async () => {
  const { token } = await createPerson();
  for (const query of ['', '?days=7', '?days=x']) {
    const html = await (await askAs(token, 'GET', `/me/stats${query}`)).text();
    expect(html).toContain('<dt>Last 30 days</dt><dd>0</dd>');
    expect(html).toContain('Nobody has seen your card yet. <a href="/me/code">Show your code</a>');
    expect(html).not.toMatch(/NaN|Infinity|undefined/);
  }
});
