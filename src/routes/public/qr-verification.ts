/** `POST /api/public/qr-session/verify`: for clients too thin to verify a token themselves. */
import * as v from 'valibot';
import { MAX_INPUT_CHARACTERS } from '../../../verify/verify.ts';
import { objectMessage } from '../../domain/profile-input.ts';
import { TOKEN, VERIFIED } from '../docs/examples.ts';
import { route } from '../route.ts';

/** A QR session token, an offline code's token or digits, or its whole URL. */
const VerifyInput = v.strictObject(
  {
    token: v.pipe(
      v.string('Send the token as a text.'),
      v.nonEmpty('The token is empty.'),
      v.maxLength(MAX_INPUT_CHARACTERS, 'This is longer than any token.'),
    ),
  },
  objectMessage,
);

export const qrVerification = [
  route('POST /api/public/qr-session/verify', {
    access: 'public',
    limit: 'verifications',
    json: VerifyInput,
    // A session of fifty links with long addresses.
    maxBodyBytes: MAX_INPUT_CHARACTERS + 1024,
    docs: DESCRIBED && {
      id: 'verifyQrToken',
      summary: 'Check a QR token',
      kind: 'public',
      answer: 'VerifiedQr',
      example: { body: { token: TOKEN }, answer: VERIFIED },
    },
    handle: async (c, { json: { token } }) => {
      const { publicProfiles, qrSessions } = c.var.services;
      const verified = await qrSessions.verify(token, (pass) => publicProfiles.isPassRevoked(pass));
      return c.json(verified, 200, { 'Cache-Control': 'no-store' });
    },
  }),
];
