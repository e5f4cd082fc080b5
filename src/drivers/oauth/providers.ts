/** The providers with which people sign in: data over the one flow in `oauth-provider.ts`. */
import * as v from 'valibot';
import { fits, type Person } from '../../domain/tokens/pending-sign-up.ts';

/** What is particular to one provider. */
export interface ProviderData {
  id: string;
  name: string;
  /** Where the browser goes, where codes become access tokens, and what tells whose account it is. */
  urls: { authorize: string; token: string; profile: string };
  /** As little as tells who somebody is. */
  scope: string;
  /** Reads the profile's JSON; what does not follow it is refused. */
  person: v.GenericSchema<unknown, Omit<Person, 'provider'>>;
}

const nullableText = v.optional(v.nullable(v.string()), null);

export const PROVIDERS = {
  github: {
    id: 'github',
    name: 'GitHub',
    urls: {
      authorize: 'https://github.com/login/oauth/authorize',
      token: 'https://github.com/login/oauth/access_token',
      profile: 'https://api.github.com/user',
    },
    // Without a scope GitHub tells what is public.
    scope: '',
    person: v.pipe(
      v.object({
        id: v.pipe(v.number(), v.safeInteger()),
        login: v.string(),
        name: nullableText,
        avatar_url: nullableText,
      }),
      v.transform(({ id, login, name, avatar_url }) => ({
        providerId: String(id),
        login,
        name,
        avatarUrl: avatar_url,
        link: { platform: 'github', username: login },
      })),
    ),
  },
  google: {
    id: 'google',
    name: 'Google',
    urls: {
      authorize: 'https://accounts.google.com/o/oauth2/v2/auth',
      token: 'https://oauth2.googleapis.com/token',
      profile: 'https://openidconnect.googleapis.com/v1/userinfo',
    },
    scope: 'openid profile',
    person: v.pipe(
      v.object({
        sub: v.pipe(
          v.string(),
          v.nonEmpty(),
          v.check((sub) => fits('providerId', sub)),
        ),
        name: nullableText,
        picture: nullableText,
      }),
      v.transform(({ sub, name, picture }) => ({
        providerId: sub,
        login: null,
        name,
        avatarUrl: picture,
        link: null,
      })),
    ),
  },
} as const satisfies Record<string, ProviderData>;

export type ProviderId = keyof typeof PROVIDERS;
