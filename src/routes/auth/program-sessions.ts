/** `POST /auth/refresh` and `DELETE /auth/logout`: programs keep a session going, and end it, as those of the existing DevCard do. */
import * as v from 'valibot';
import { Problem } from '../../domain/problem.ts';
import { TOKENS } from '../docs/examples.ts';
import { forgetToken } from '../middleware/session-cookie.ts';
import { OWNER_WRITE, route } from '../route.ts';

/** Of both; other members are passed over, as the existing API does. */
const RefreshInput = v.object({ refresh_token: v.optional(v.string('Send a text.')) }, 'Send a JSON object.');

export const programSessions = [
  route('POST /auth/refresh', {
    access: 'signIn',
    limit: 'strangers',
    json: RefreshInput,
    optional: true,
    docs: DESCRIBED && {
      id: 'refreshTokens',
      summary: 'The next tokens of a program, for a refresh token, which is good once',
      kind: 'signIn',
      answer: 'ProgramTokens',
      problems: ['unauthorized', 'too-many-requests', 'unavailable'],
      example: { body: { refresh_token: TOKENS.refreshToken }, answer: TOKENS },
    },
    handle: async (c, { json: { refresh_token } }) => {
      if (!refresh_token) throw new Problem('unauthorized', { detail: 'Send a refresh token.' });
      return c.json(await c.var.services.ownerSessions.refresh(refresh_token));
    },
  }),
  route('DELETE /auth/logout', {
    ...OWNER_WRITE,
    json: RefreshInput,
    optional: true,
    docs: DESCRIBED && {
      id: 'endSession',
      summary: 'End the session of this token, and that of a refresh token',
      kind: 'signIn',
      answer: 'Message',
      problems: ['unauthorized', 'forbidden', 'too-many-requests', 'unavailable'],
      example: { body: {}, answer: { message: 'Signed out' } },
    },
    handle: async (c, { json: { refresh_token } }) => {
      await c.var.services.ownerSessions.end(c.var.session, refresh_token);
      forgetToken(c, 'devcard');
      return c.json({ message: 'Signed out' });
    },
  }),
];
