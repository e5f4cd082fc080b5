/** OAuth 2.0 authorization code with PKCE (RFC 6749, RFC 7636): one flow for all providers. */
import * as v from 'valibot';
import { Problem } from '../../domain/problem.ts';
import type { IdentityProvider } from '../../ports.ts';
import type { ProviderData } from './providers.ts';

/** What a provider knows this deployment by. */
interface OAuthClient {
  clientId: string;
  clientSecret: string;
}

interface Deps {
  provider: ProviderData;
  client: OAuthClient;
  /** Stands in for the provider on a developer's machine; undefined asks the provider itself. */
  devIssuer: string | undefined;
  timeoutMs: number;
}

/** Seconds after which somebody may try again when a provider does not answer. */
const RETRY_AFTER_SECONDS = 10;

/** GitHub's profiles have 2 KB. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** GitHub refuses requests without one. */
const USER_AGENT = 'devcard-edge';

const TokenAnswer = v.object({
  access_token: v.pipe(v.string(), v.nonEmpty()),
  token_type: v.pipe(v.string(), v.toLowerCase(), v.literal('bearer')),
});

export function oauthProvider({ provider, client, devIssuer, timeoutMs }: Deps): IdentityProvider {
  const { id, name, scope } = provider;
  const url = (step: keyof ProviderData['urls']) =>
    devIssuer ? `${devIssuer}/${id}/${step}` : provider.urls[step];

  /** Redirects are not followed: they would carry secrets elsewhere. */
  async function ask(step: 'token' | 'profile', init: RequestInit): Promise<unknown> {
    try {
      const response = await fetch(url(step), {
        ...init,
        headers: { Accept: 'application/json', 'User-Agent': USER_AGENT, ...init.headers },
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (response.status < 500 && response.status !== 429) return JSON.parse(await boundedText(response));
    } catch {
      // Not there, too slow, too long, or no JSON: all the same to who wants to sign in.
    }
    throw new Problem('sign-in-unavailable', {
      detail: `${name} does not answer. Please try again in a moment.`,
      headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) },
      cause: `${id} ${step}`,
    });
  }

  return {
    id,
    name,

    authorizationUrl({ redirectUri, state, challenge }) {
      const parameters = new URLSearchParams({
        response_type: 'code',
        client_id: client.clientId,
        redirect_uri: redirectUri,
        ...(scope && { scope }),
        state,
        code_challenge: challenge,
        code_challenge_method: 'S256',
      });
      return `${url('authorize')}?${parameters}`;
    },

    async identify({ redirectUri, code, verifier }) {
      const answer = await ask('token', {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          client_id: client.clientId,
          client_secret: client.clientSecret,
          redirect_uri: redirectUri,
          code,
          code_verifier: verifier,
        }),
      });
      // GitHub answers 200 also where it refuses: what counts is whether there is a token.
      const token = v.safeParse(TokenAnswer, answer);
      if (!token.success) throw refused(name);
      const profile = await ask('profile', {
        headers: { Authorization: `Bearer ${token.output.access_token}` },
      });
      const person = v.safeParse(provider.person, profile);
      if (!person.success) throw refused(name);
      return { ...person.output, provider: id };
    },
  };
}

/** The body, unless it is longer than any answer of a provider. Throws then, and takes no more of it. */
async function boundedText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) throw new Error('The answer is too long.');
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function refused(name: string): Problem {
  return new Problem('sign-in-failed', { detail: `${name} did not confirm who you are. Please try again.` });
}
