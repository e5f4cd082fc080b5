/** Stands in for GitHub and Google on loopback: the same OAuth 2.0 with PKCE, for whoever one likes to be. */
import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { DEV_OAUTH_CLIENT } from '../src/env.ts';
import { type Listening, readText, serve } from './http.ts';

/** What an authorization code stands for. */
interface Grant {
  login: string;
  name: string;
  redirectUri: string;
  challenge: string;
  expires: number;
}

/** An OAuth error (RFC 6749 sections 4.1.2.1 and 5.2). */
class OAuthError extends Error {}

const CODE_LIFETIME_MS = 60_000;
/** Bytes of a hash that make an account's number, exact in JSON. */
const NUMBER_BYTES = 6;

/** The number of an account, the same each time: a login stands for one person. */
export function accountNumber(login: string): number {
  return createHash('sha256').update(login.toLowerCase()).digest().readUIntBE(0, NUMBER_BYTES);
}

/** How each provider describes an account. */
const PROFILES: Record<string, (login: string, name: string) => object> = {
  github: (login, name) => ({
    login,
    id: accountNumber(login),
    avatar_url: null,
    html_url: `https://github.com/${login}`,
    type: 'User',
    name: name || null,
    email: null,
  }),
  google: (login, name) => ({ sub: String(accountNumber(login)), name: name || login }),
};

/** Starts it: `/<provider>/authorize`, `/token` and `/profile`. Its codes and tokens live in memory. */
export function startIdentityProvider(): Promise<Listening> {
  const grants = new Map<string, Grant>();
  const accounts = new Map<string, Pick<Grant, 'login' | 'name'>>();

  return serve(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const [, provider = '', step] = pathname.split('/');
    try {
      const profile = PROFILES[provider];
      const route = profile && `${request.method} ${step}`;
      if (route === 'GET authorize') {
        checkRequest(provider, searchParams);
        return html(response, authorizePage(provider, searchParams));
      }
      if (route === 'POST authorize') return allow(response, provider, await form(request));
      if (route === 'POST token') return json(response, 200, tokenFor(await form(request)));
      if (route === 'GET profile') {
        const account = accounts.get(request.headers.authorization?.replace(/^Bearer /, '') ?? '');
        if (!account) return json(response, 401, { message: 'Bad credentials' });
        return json(response, 200, profile?.(account.login, account.name) ?? {});
      }
      json(response, 404, { message: 'Not Found' });
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      json(response, 400, { error: error.message });
    }
  });

  /** Issues a code for the person that the form names. */
  function allow(response: ServerResponse, provider: string, sent: URLSearchParams): void {
    const redirectUri = checkRequest(provider, sent);
    const back = new URL(redirectUri);
    back.searchParams.set('state', sent.get('state') ?? '');
    const login = sent.get('login')?.trim();
    if (sent.has('deny') || !login) {
      back.searchParams.set('error', 'access_denied');
    } else {
      const code = randomBytes(16).toString('base64url');
      grants.set(code, {
        login,
        name: sent.get('name') ?? '',
        redirectUri,
        challenge: sent.get('code_challenge') as string,
        expires: Date.now() + CODE_LIFETIME_MS,
      });
      back.searchParams.set('code', code);
    }
    response.writeHead(302, { location: back.href, 'cache-control': 'no-store' }).end();
  }

  /** Exchanges a code, once. */
  function tokenFor(sent: URLSearchParams): object {
    const { clientId, clientSecret } = DEV_OAUTH_CLIENT;
    if (sent.get('client_id') !== clientId || sent.get('client_secret') !== clientSecret)
      throw new OAuthError('invalid_client');
    if (sent.get('grant_type') !== 'authorization_code') throw new OAuthError('unsupported_grant_type');
    const code = sent.get('code') ?? '';
    const grant = grants.get(code);
    grants.delete(code);
    const challenge = createHash('sha256')
      .update(sent.get('code_verifier') ?? '')
      .digest('base64url');
    if (
      !grant ||
      grant.expires < Date.now() ||
      grant.redirectUri !== sent.get('redirect_uri') ||
      grant.challenge !== challenge
    )
      throw new OAuthError('invalid_grant');
    const token = randomBytes(24).toString('base64url');
    accounts.set(token, grant);
    return { access_token: token, token_type: 'bearer', scope: '' };
  }
}

/** @returns the redirect URI @throws OAuthError */
function checkRequest(provider: string, parameters: URLSearchParams): string {
  const redirectUri = parameters.get('redirect_uri') ?? '';
  const isOurs =
    /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?\//.test(redirectUri) &&
    redirectUri.endsWith(`/auth/${provider}/callback`);
  if (!isOurs) throw new OAuthError('redirect_uri_mismatch');
  if (parameters.get('client_id') !== DEV_OAUTH_CLIENT.clientId) throw new OAuthError('unauthorized_client');
  if (parameters.get('response_type') !== 'code') throw new OAuthError('unsupported_response_type');
  if (parameters.get('code_challenge_method') !== 'S256' || !parameters.get('code_challenge'))
    throw new OAuthError('invalid_request');
  return redirectUri;
}

async function form(request: IncomingMessage): Promise<URLSearchParams> {
  return new URLSearchParams(await readText(request));
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function html(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(body);
}

function authorizePage(provider: string, parameters: URLSearchParams): string {
  const hidden = [...parameters].map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Development sign-in</title>
<style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui;max-width:24rem;margin:3rem auto;padding:0 1rem}
form{display:grid;gap:.75rem}label{display:grid}input,button{font:inherit;padding:.5rem}</style>
<h1>Who do you want to be?</h1>
<p>This stands in for ${escaped(provider)} on your own machine. Any login will do; the same one is the same person.</p>
<form method="post">
${hidden.join('\n')}
<label>Login <input name="login" list="logins" autofocus autocomplete="off"></label>
<datalist id="logins"><option>devcard-demo<option>ada</datalist>
<label>Name <input name="name" autocomplete="off"></label>
<button>Sign in</button>
<button name="deny" value="1">Refuse</button>
</form>
</html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
