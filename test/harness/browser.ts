/** A browser without a screen: it keeps cookies as browsers do, says where a request came from, and follows nothing by itself. */
import { env } from 'cloudflare:workers';
import { startIsolate } from './isolate.ts';

/** Where the development identity provider may stand in for the real ones. */
export const LOCAL_ORIGIN = 'http://localhost:8787';

/** A Worker on a developer's machine. */
export function startLocal(variables: Record<string, unknown> = {}) {
  const { TEST_IDENTITY_PROVIDER: OAUTH_DEV_ISSUER } = env;
  return startIsolate({ PUBLIC_ORIGIN: LOCAL_ORIGIN, OAUTH_DEV_ISSUER, ...variables });
}

export class Browser {
  readonly cookies = new Map<string, string>();
  /** Every Set-Cookie line that came. */
  readonly setCookies: string[] = [];
  readonly #worker: ReturnType<typeof startLocal>;

  constructor(worker: ReturnType<typeof startLocal>) {
    this.#worker = worker;
  }

  /** Asks the Worker: a page, unless headers say otherwise. */
  async get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.#ask(path, { headers: { Accept: 'text/html', ...headers } });
  }

  /** Sends a form from a page of ours, unless headers say otherwise. */
  async post(
    path: string,
    body: Record<string, string> = {},
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return this.#ask(path, {
      method: 'POST',
      headers: { Accept: 'text/html', 'Sec-Fetch-Site': 'same-origin', ...headers },
      body: new URLSearchParams(body),
    });
  }

  /** Any other request, with the cookies. */
  send(path: string, init: RequestInit): Promise<Response> {
    return this.#ask(path, init);
  }

  /** Goes to the provider and comes back as somebody: the path of the callback with code and state. */
  async callbackAs(login: string, { provider = 'github', query = '', name = '' } = {}): Promise<string> {
    const start = await this.get(`/auth/${provider}${query}`);
    return approve(start.headers.get('Location') ?? '', login, name);
  }

  /** The whole way of signing in; the answer is that of the callback. */
  async signInAs(login: string, options: Parameters<Browser['callbackAs']>[1] = {}): Promise<Response> {
    return this.get(await this.callbackAs(login, options));
  }

  async #ask(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    const cookie = [...this.cookies].map((pair) => pair.join('=')).join('; ');
    if (cookie) headers.set('Cookie', cookie);
    const response = await this.#worker.ask(path, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      this.setCookies.push(line);
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0\b/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }
}

/** What the provider answers when somebody fills in its form at `url`: the path and query of its redirect. */
export async function approve(url: string, login: string, name = ''): Promise<string> {
  const { origin, pathname, searchParams } = new URL(url);
  const page = await fetch(url);
  if (!page.ok) throw new Error(`The provider refused: ${await page.text()}`);
  await page.text();
  const response = await fetch(origin + pathname, {
    method: 'POST',
    body: new URLSearchParams({ ...Object.fromEntries(searchParams), login, name }),
    redirect: 'manual',
  });
  await response.text();
  const back = new URL(response.headers.get('Location') ?? '');
  if (back.origin !== LOCAL_ORIGIN) throw new Error(`The provider redirects to ${back.origin}`);
  return back.pathname + back.search;
}
