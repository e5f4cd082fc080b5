/** `GET /api/nfc/payload`: what an NFC tag of the owner says, in the JSON of the existing DevCard. */
import * as v from 'valibot';
import { Problem } from '../../domain/problem.ts';
import { taggedAddress } from '../../domain/views/view.ts';
import { OWNER_READ, route } from '../route.ts';

const NfcQuery = v.object({
  card: v.optional(v.pipe(v.string(), v.uuid('This is not an id.'), v.toLowerCase())),
});

export const nfc = [
  route('GET /api/nfc/payload', {
    ...OWNER_READ,
    query: NfcQuery,
    docs: DESCRIBED && {
      id: 'getNfcPayload',
      summary: 'What to write onto an NFC tag: the address of the own profile, or of one of the own cards',
      kind: 'read',
      answer: 'NfcPayload',
      problems: ['invalid-input', 'card-not-found'],
      example: {},
    },
    handle: async (c, { query: { card } }) => {
      const { ownerEdits, qrSessions } = c.var.services;
      const { username } = await ownerEdits.readProfile(c.var.owner);
      const page = qrSessions.profileUrl(username);
      if (card === undefined) return c.json({ type: 'URI', payload: taggedAddress(page) });
      const { cards } = await ownerEdits.listCards(c.var.owner);
      if (!cards.some(({ id }) => id === card)) throw new Problem('card-not-found');
      return c.json({ type: 'URI', payload: taggedAddress(`${page}/card/${card}`) });
    },
  }),
];
