/** The credentials of wallets in the environment: each wallet has all of its variables, or none. */
import type { WalletCredentials } from './services/wallets.ts';

const PEM = (kind: string) => new RegExp(`-----BEGIN ${kind}-----[^-]+-----END ${kind}-----`);

const APPLE = {
  APPLE_PASS_CERTIFICATE: PEM('CERTIFICATE'),
  APPLE_PASS_KEY: PEM('PRIVATE KEY'),
  APPLE_WWDR_CERTIFICATE: PEM('CERTIFICATE'),
  APPLE_PASS_SECRET: /^.{32,}$/,
};
const GOOGLE = { GOOGLE_WALLET_ISSUER_ID: /^\d{5,30}$/, GOOGLE_WALLET_KEY: /^\s*\{[\s\S]*\}\s*$/ };

/** @param faults gets a sentence for each variable that is missing beside others, or malformed */
export function parseWallets(env: Record<string, unknown>, faults: string[]): WalletCredentials {
  const apple = all(env, APPLE, faults);
  const google = all(env, GOOGLE, faults);
  return {
    apple: apple && {
      certificate: apple.APPLE_PASS_CERTIFICATE,
      key: apple.APPLE_PASS_KEY,
      intermediate: apple.APPLE_WWDR_CERTIFICATE,
      secret: apple.APPLE_PASS_SECRET,
    },
    google: google && {
      issuerId: google.GOOGLE_WALLET_ISSUER_ID,
      ...serviceAccount(google.GOOGLE_WALLET_KEY, faults),
    },
  };
}

function all<Name extends string>(
  env: Record<string, unknown>,
  patterns: Record<Name, RegExp>,
  faults: string[],
): Record<Name, string> | undefined {
  const names = Object.keys(patterns) as Name[];
  if (names.every((name) => !env[name])) return undefined;
  const wrong = names.filter((name) => typeof env[name] !== 'string' || !patterns[name].test(env[name]));
  for (const name of wrong) faults.push(`${name}: ${env[name] ? 'is malformed' : 'is missing'}`);
  return wrong.length > 0 ? undefined : (env as Record<Name, string>);
}

/** The JSON that Google gives out for a service account. */
function serviceAccount(text: string, faults: string[]): { email: string; privateKey: string } {
  try {
    const { client_email: email, private_key: privateKey } = JSON.parse(text);
    if (typeof email === 'string' && PEM('PRIVATE KEY').test(privateKey)) return { email, privateKey };
  } catch {
    // Malformed as well.
  }
  faults.push('GOOGLE_WALLET_KEY: is not the JSON of a service account');
  return { email: '', privateKey: '' };
}
