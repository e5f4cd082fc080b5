/** `POST /api/public/qr-session/verify`: for clients too thin to verify a token themselves. */
import { Hono } from 'hono';
import * as v from 'valibot';
import { MAX_INPUT_CHARACTERS } from '../../../verify/verify.ts';
import { objectMessage } from '../../domain/profile-input.ts';
import type { AppEnv } from '../context.ts';
import { jsonBody } from '../input.ts';

/** A QR session token, an offline code's token or digits, or its whole URL. */
export const VerifyInput = v.strictObject(
  {
    token: v.pipe(
      v.string('Send the token as a text.'),
      v.nonEmpty('The token is empty.'),
      v.maxLength(MAX_INPUT_CHARACTERS, 'This is longer than any token.'),
    ),
  },
  objectMessage,
);

/** A session of fifty links with long addresses. */
const verifyBody = jsonBody(VerifyInput, { maxBytes: MAX_INPUT_CHARACTERS + 1024 });

export const qrVerification = new Hono<AppEnv>().post('/verify', verifyBody, async (c) => {
  const { publicProfiles, qrSessions } = c.var.services;
  const verified = await qrSessions.verify(c.req.valid('json').token, (pass) =>
    publicProfiles.isPassRevoked(pass),
  );
  return c.json(verified, 200, { 'Cache-Control': 'no-store' });
});
